/** Why a place stays: the templates that name it, each one click away. */
import { Anchor, Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { words as shared } from '../../parts/words.ts';
import { words } from './words.ts';

const { places: told } = words;

export const PlaceInUse = ({
  name,
  templates,
  onClose,
}: {
  name: string;
  templates: ReadonlyArray<{ id: string; name: string }>;
  onClose: () => void;
}) => (
  <Modal
    opened
    onClose={onClose}
    title={told.inUse(name)}
    centered
    closeButtonProps={{ 'aria-label': shared.close }}
  >
    <Stack>
      <Text size="sm">{told.inUseText}</Text>
      <List size="sm" aria-label={told.inUseBy}>
        {templates.map((one) => (
          <List.Item key={one.id}>
            <Anchor component={Link} to={`/templates/${one.id}`} onClick={onClose} size="sm">
              {one.name}
            </Anchor>
          </List.Item>
        ))}
      </List>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {told.understood}
        </Button>
      </Group>
    </Stack>
  </Modal>
);
