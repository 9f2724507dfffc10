/** A part of a screen, on a ground of its own. */
import { Card, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

export const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <Card component="section" withBorder radius="lg" padding="lg">
    <Stack gap="md">
      <Title order={2} size="h4">
        {title}
      </Title>
      {children}
    </Stack>
  </Card>
);
