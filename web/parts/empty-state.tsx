/** Where a list will be: what it is for, and how its first entry comes about. */
import { Card, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export const EmptyState = ({
  icon,
  title,
  text,
  children,
}: {
  icon: IconName;
  title: string;
  text: ReactNode;
  /** The way to the first entry. */
  children?: ReactNode;
}) => (
  <Card withBorder padding="xl" radius="lg">
    <Stack align="center" gap="xs" ta="center">
      <Icon name={icon} size={34} />
      <Text fw={600}>{title}</Text>
      <Text c="dimmed" maw="34rem">
        {text}
      </Text>
      {children}
    </Stack>
  </Card>
);
