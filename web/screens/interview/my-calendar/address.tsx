/** The address, shown once, and how calendars take it. */
import { Alert, Button, Group, List, Modal, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Copy } from '../../../parts/copy.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { words as common } from '../../../parts/words.ts';
import { words } from './words.ts';

const say = words.made;

export const Address = ({ url, onClose }: { url: string | null; onClose: () => void }) => {
  // While the dialog fades out, it says what it said.
  const [shown, setShown] = useState('');
  if (url !== null && url !== shown) setShown(url);
  return (
    <Modal
      opened={url !== null}
      onClose={onClose}
      title={say.title}
      size="lg"
      centered
      // What is shown once is not lost by a slip.
      closeOnClickOutside={false}
      closeOnEscape={false}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack>
        <Alert color="blue" icon={<Icon name="key" />} role="status">
          <Stack gap="xs">
            <Text size="sm">{say.once}</Text>
            <Copy label={say.address} text={shown} />
          </Stack>
        </Alert>
        <Title order={3} size="h5">
          {say.how}
        </Title>
        {say.apps.map(({ name, steps }) => (
          <div key={name}>
            <Text size="sm" fw={600}>
              {name}
            </Text>
            <List type="ordered" size="sm">
              {steps.map((step) => (
                <List.Item key={step}>{step}</List.Item>
              ))}
            </List>
          </div>
        ))}
        <Text size="sm" c="dimmed">
          {say.late}
        </Text>
        <Group justify="flex-end">
          <Button onClick={onClose}>{say.done}</Button>
        </Group>
      </Stack>
    </Modal>
  );
};
