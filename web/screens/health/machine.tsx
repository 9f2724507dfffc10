/** Version, database, disk, backups, and where mails go and come from. */
import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Schemas } from '../../hub/client.ts';
import { Age, Time } from '../../parts/time.tsx';
import { words } from './words.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `3.4 GB`, in the browser's language. */
const sizeText = (bytes: number): string => {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
  const format = { style: 'unit', unit: units[step], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(undefined, format).format(bytes / 1_000 ** step);
};

const Instant = ({ at }: { at: string }) => (
  <>
    <Time at={at} /> (<Age at={at} />)
  </>
);

export const Machine = ({ health }: { health: Schemas['Health'] }) => {
  const { version, publicUrl, database, disk, backup, mail, replies } = health;
  const { server, migration, bytes } = database;
  const { facts } = words;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
      <Fact label={facts.version}>{version}</Fact>
      <Fact label={facts.address}>{publicUrl}</Fact>
      <Fact label={facts.database}>{words.database(server, migration, sizeText(bytes))}</Fact>
      <Fact label={facts.disk}>
        {disk === null
          ? words.noDisk
          : words.disk(sizeText(disk.freeBytes), sizeText(disk.totalBytes))}
      </Fact>
      <Fact label={facts.backup}>
        {backup.lastAt === null ? words.noBackup : <Instant at={backup.lastAt} />}
      </Fact>
      {backup.restoredAt !== null && (
        <Fact label={facts.restored}>
          <Instant at={backup.restoredAt} />
        </Fact>
      )}
      <Fact label={facts.mail}>{mail.server ?? words.noMail}</Fact>
      <Fact label={facts.replies}>
        {words.replies[replies.by]}
        {replies.mailbox !== null && `, ${words.mailbox[replies.mailbox.state]}`}
      </Fact>
    </SimpleGrid>
  );
};

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <Text size="sm" c="dimmed">
      {label}
    </Text>
    <Text size="sm" component="div">
      {children}
    </Text>
  </div>
);
