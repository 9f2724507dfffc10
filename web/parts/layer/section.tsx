/** A group of settings under its heading. */
import { Card, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export const Section = ({
  title,
  hint,
  children,
}: {
  title: string;
  hint?: string;
  children: ReactNode;
}) => {
  const heading = useId();
  return (
    <Card component="section" withBorder radius="lg" padding="lg" aria-labelledby={heading}>
      <Stack gap={4}>
        <Title order={2} size="h4" id={heading}>
          {title}
        </Title>
        {hint !== undefined && (
          <Text size="sm" c="dimmed">
            {hint}
          </Text>
        )}
        <div>{children}</div>
      </Stack>
    </Card>
  );
};
