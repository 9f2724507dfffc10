/** The menu of the signed-in person. */
import {
  ActionIcon,
  Avatar,
  type MantineColorScheme,
  Menu,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, got } from '../hub/client.ts';
import { isSignedOut, problemOf, wordsOf } from '../hub/problem.ts';
import { Icon } from '../parts/icon.tsx';
import { tell } from '../parts/tell.ts';
import { useSession } from './session.ts';
import { words } from './words.ts';

const schemes = ['light', 'dark', 'auto'] as const;

/** The next page is loaded anew: nothing of this person stays in memory. */
const leave = (): void => {
  window.location.assign('/sign-in');
};

export const AccountMenu = () => {
  const { name, email, role } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useMutation({
    mutationFn: () => got(api.POST('/api/v1/sign-out')),
    onSuccess: leave,
    onError: (thrown) => {
      if (isSignedOut(thrown)) leave();
      else tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon variant="subtle" size={44} radius="xl" aria-label={words.account}>
          <Avatar color="teal" variant="filled" size={34} radius="xl">
            <Icon name="person" />
          </Avatar>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Text size="sm" fw={600} px="sm" pt={6}>
          {name}
        </Text>
        <Text size="xs" c="dimmed" px="sm" pb={6}>
          {email === null ? words.roles[role] : `${email} · ${words.roles[role]}`}
        </Text>
        <Menu.Divider />
        <Menu.Item component={Link} to="/account" leftSection={<Icon name="person" />}>
          {words.account}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{words.scheme.label}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(scheme) => {
            setColorScheme(scheme as MantineColorScheme);
          }}
        >
          {schemes.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick={false}>
              {words.scheme[scheme]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<Icon name="leave" />}
          onClick={() => {
            signOut.mutate();
          }}
        >
          {words.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
