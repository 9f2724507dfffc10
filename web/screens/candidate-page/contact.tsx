/** Whom to ask. */
import { Anchor, Card, Stack, Text, Title } from '@mantine/core';
import type { Schemas } from '../../hub/client.ts';
import { words } from './words.ts';

export const Contact = ({
  contact,
  phone,
  text,
}: {
  contact: Schemas['CandidatePage']['contact'];
  /** The company's, where the person has none. */
  phone: string;
  text: string;
}) => {
  const number = contact !== null && contact.phone !== '' ? contact.phone : phone;
  return (
    <Card component="section" aria-label={words.contact.title} withBorder padding="md" radius="lg">
      <Stack gap="xs">
        <Title order={2} size="h4">
          {words.contact.title}
        </Title>
        <Text>{text}</Text>
        {contact === null ? (
          <Text>{words.contact.nobody}</Text>
        ) : (
          <div>
            <Text fw={600}>{contact.name}</Text>
            {contact.title !== '' && <Text c="dimmed">{contact.title}</Text>}
          </div>
        )}
        {contact !== null && contact.email !== '' && (
          <Anchor href={`mailto:${contact.email}`}>{contact.email}</Anchor>
        )}
        {number !== '' && <Anchor href={`tel:${number.replace(/[^\d+]/g, '')}`}>{number}</Anchor>}
      </Stack>
    </Card>
  );
};
