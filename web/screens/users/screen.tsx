/** *Settings → Users*: who may sign in, and who was asked to. */
import { Anchor, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useSession } from '../../app/session.ts';
import { words as frame } from '../../app/words.ts';
import { api, got } from '../../hub/client.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { Invitations } from './invitations.tsx';
import { Invite } from './invite.tsx';
import type { User } from './queries.ts';
import { words } from './words.ts';

export const Screen = () => {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <Frame
      title={words.title}
      lead={words.lead}
      actions={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={dialog.open}>
          {words.invite.act}
        </Button>
      }
    >
      <Invite isOpen={isOpen} onClose={dialog.close} />
      <SearchedList
        label={words.list}
        queryKey={['users', 'list']}
        load={(query) => got(api.GET('/api/v1/users', { params: { query } }))}
        empty={<EmptyState icon="people" title={words.none} text={words.noneText} />}
        row={(user) => <Row user={user} />}
      />
      <Stack component="section" gap="sm">
        <Title order={2} size="h4">
          {words.invitations.title}
        </Title>
        <Invitations />
      </Stack>
    </Frame>
  );
};

const Row = ({ user: { id, name, email, role, active } }: { user: User }) => {
  const own = useSession().email;
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Group gap="xs">
          <Anchor component={Link} to={`/settings/users/${id}`} fw={600} size="sm">
            {name}
          </Anchor>
          {own?.toLowerCase() === email.toLowerCase() && <Badge variant="light">{words.you}</Badge>}
          {!active && (
            <Badge variant="light" color="gray" leftSection={<Icon name="pause" size={12} />}>
              {words.inactive}
            </Badge>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {email}
        </Text>
      </div>
      <Text size="sm" flex="none">
        {frame.roles[role]}
      </Text>
    </Group>
  );
};
