/** On every page: that the vendors are played, and that mails are kept and not sent. */
import { Alert, Anchor, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { installationQuery } from './installation.ts';
import { useMay } from './session.ts';
import { words } from './words.ts';

/** Readable on every ground. */
const link = { size: 'sm', c: 'inherit', underline: 'always' } as const;

export const Banners = () => {
  const may = useMay();
  const { data } = useQuery(installationQuery);
  if (!data) return null;
  const { sandbox, mail } = data;
  if (sandbox === null && !mail.kept) return null;
  return (
    <Stack gap="xs" mb="lg">
      {sandbox !== null && (
        <Alert color="blue" py="xs" role="note" aria-label={words.sandbox.title}>
          <Group gap="md" wrap="wrap">
            <Text size="sm">{words.sandbox.text}</Text>
            {[...sandbox.vendors, { name: words.sandbox.mailbox, url: sandbox.mailbox }].map(
              ({ name, url }) => (
                <Anchor key={url} href={url} target="_blank" rel="noreferrer" {...link}>
                  {name}
                </Anchor>
              ),
            )}
          </Group>
        </Alert>
      )}
      {mail.kept && (
        <Alert color="yellow" py="xs" role="note" aria-label={words.outbox.title}>
          <Group gap="md" wrap="wrap">
            <Text size="sm">{words.outbox.text}</Text>
            {may('connections.manage') && (
              <>
                <Anchor component={Link} to="/mails" {...link}>
                  {words.outbox.open}
                </Anchor>
                <Anchor component={Link} to="/settings/company/connect/smtp" {...link}>
                  {words.outbox.connect}
                </Anchor>
              </>
            )}
          </Group>
        </Alert>
      )}
    </Stack>
  );
};
