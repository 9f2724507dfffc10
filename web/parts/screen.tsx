/** The head of every screen: its title, what it is for, and its actions. */
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { Icon } from './icon.tsx';

export const Screen = ({
  title,
  lead,
  back,
  actions,
  children,
}: {
  title: string;
  lead?: ReactNode;
  /** The screen above this one. */
  back?: { to: string; label: string };
  actions?: ReactNode;
  children?: ReactNode;
}) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Loopwright`;
  }, [title]);
  // Whoever cannot see the page change hears where they are.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Stack gap="xl">
      <Stack gap="xs">
        {back !== undefined && (
          <Anchor component={Link} to={back.to} size="sm">
            <Group gap={4} component="span">
              <Icon name="left" size={14} />
              {back.label}
            </Group>
          </Anchor>
        )}
        <Group justify="space-between" align="start" gap="sm">
          <Title order={1} size="h2" ref={heading} tabIndex={-1}>
            {title}
          </Title>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {lead !== undefined && (
          <Text c="dimmed" maw="44rem">
            {lead}
          </Text>
        )}
      </Stack>
      {children}
    </Stack>
  );
};
