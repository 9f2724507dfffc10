/**
 * The frame around every screen: navigation, the person's menu, and the place of the content; and what
 * may come over it, which is here before it is needed.
 */
import '@mantine/notifications/styles.css';
import { AppShell, Burger, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { Logo } from '../parts/logo.tsx';
import { NavEntry } from '../parts/nav-entry.tsx';
import { AccountMenu } from './account-menu.tsx';
import { Banners } from './banners.tsx';
import { useLive } from './live.ts';
import { navigation } from './navigation.ts';
import { NoConnection } from './no-connection.tsx';
import { useMay } from './session.ts';
import { SignInAgain } from './sign-in-again.tsx';
import classes from './shell.module.css';
import { words } from './words.ts';

export const Shell = () => {
  const [isOpen, menu] = useDisclosure(false);
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  const close = menu.close;
  useLive();
  useEffect(close, [pathname, close]);

  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 232, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'xl' }}
    >
      <a
        className="skip-link"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {words.skip}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <Burger
              hiddenFrom="sm"
              size="sm"
              opened={isOpen}
              onClick={menu.toggle}
              aria-label={isOpen ? words.closeMenu : words.openMenu}
              aria-expanded={isOpen}
            />
            <Link to="/" className={classes.home ?? ''}>
              <Logo />
              <Text fw={650} size="lg">
                {words.product}
              </Text>
            </Link>
          </Group>
          <AccountMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" className={classes.navbar} aria-label={words.navigation}>
        <Entries pathname={pathname} />
      </AppShell.Navbar>
      <AppShell.Main id="content" className={classes.main} ref={main} tabIndex={-1}>
        <div className={classes.content}>
          <NoConnection />
          <Banners />
          <Outlet />
        </div>
      </AppShell.Main>
      <Notifications position="bottom-center" className={classes.notes ?? ''} />
      <SignInAgain />
    </AppShell>
  );
};

const Entries = ({ pathname }: { pathname: string }) => {
  const may = useMay();
  const groups = navigation
    .map(({ label, entries }) => ({
      label,
      entries: entries.filter(({ needs }) => needs === null || may(needs)),
    }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <Stack gap="lg">
      {groups.map(({ label, entries }) => (
        <div key={label ?? ''}>
          {label !== null && (
            <Text size="xs" fw={600} c="dimmed" px="sm" pb={6} className={classes.group ?? ''}>
              {label}
            </Text>
          )}
          <ul className={classes.list}>
            {entries.map((entry) => (
              <li key={entry.to}>
                <NavEntry {...entry} isHere={isWithin(pathname, entry.to)} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Stack>
  );
};

const isWithin = (pathname: string, to: string): boolean =>
  pathname === to || (to !== '/' && pathname.startsWith(`${to}/`));
