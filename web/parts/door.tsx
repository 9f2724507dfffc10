/** The frame of pages that need no signing in: one card in the middle. */
import { Card, Center, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Logo } from './logo.tsx';

export const Door = ({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}) => {
  useEffect(() => {
    document.title = `${title} · Loopwright`;
  }, [title]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Stack w="100%" maw={440} gap="lg">
        <Group gap="xs" justify="center">
          <Logo size={34} />
          <Text fw={650} size="xl">
            Loopwright
          </Text>
        </Group>
        <Card withBorder padding="xl" radius="lg" shadow="sm">
          <Stack gap="md">
            <Title order={1} size="h3">
              {title}
            </Title>
            {lead !== undefined && <Text c="dimmed">{lead}</Text>}
            {children}
          </Stack>
        </Card>
      </Stack>
    </Center>
  );
};
