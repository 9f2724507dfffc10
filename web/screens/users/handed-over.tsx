/** A link that a person hands over, for no mail carries it. Shown once. */
import { Alert, Stack, Text } from '@mantine/core';
import { Copy } from '../../parts/copy.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Time } from '../../parts/time.tsx';
import { words } from './words.ts';

export const HandedOver = ({
  text,
  link,
  expiresAt,
}: {
  text: string;
  link: string;
  expiresAt: string;
}) => (
  <Alert color="blue" icon={<Icon name="key" />} role="status">
    <Stack gap="xs" miw={0}>
      <Text size="sm">{text}</Text>
      <Copy label={words.invite.link} text={link} />
      <Text size="sm">
        {words.password.until} <Time at={expiresAt} />
      </Text>
    </Stack>
  </Alert>
);
