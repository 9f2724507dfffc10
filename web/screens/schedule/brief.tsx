/** Settings in a line; opened, each of them can be changed. */
import { Collapse, Group, Input, Stack, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';

export const Brief = ({
  title,
  told,
  children,
}: {
  title: string;
  told: string;
  children: ReactNode;
}) => {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <Stack gap="xs">
      <UnstyledButton onClick={toggle} aria-expanded={isOpen}>
        <Group gap="xs" wrap="nowrap">
          <Icon name={isOpen ? 'down' : 'right'} size={14} />
          <Input.Label component="span">{title}</Input.Label>
        </Group>
        <Input.Description component="span">{told}</Input.Description>
      </UnstyledButton>
      <Collapse expanded={isOpen}>{isOpen && children}</Collapse>
    </Stack>
  );
};
