/** What is rarely changed for one interview: behind a button until it is wanted. */
import { Button, Card, Collapse, Group, SimpleGrid } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Icon } from '../../parts/icon.tsx';

export const Fold = ({
  label,
  beside,
  children,
}: {
  label: string;
  /** What is seen of it while it is closed, too. */
  beside?: ReactNode;
  children: ReactNode;
}) => {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <Card withBorder radius="lg" padding="sm">
      <Group justify="space-between" gap="sm">
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          aria-expanded={isOpen}
          leftSection={<Icon name={isOpen ? 'down' : 'right'} size={14} />}
          onClick={toggle}
        >
          {label}
        </Button>
        {beside}
      </Group>
      <Collapse expanded={isOpen}>
        {isOpen && (
          <SimpleGrid cols={{ base: 1, md: 2 }} p="xs">
            {children}
          </SimpleGrid>
        )}
      </Collapse>
    </Card>
  );
};
