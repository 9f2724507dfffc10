/** *Settings → API keys*: those that are good, and their end. */
import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { words as frame } from '../../app/words.ts';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { SearchedList } from '../../parts/searched-list.tsx';
import { tell } from '../../parts/tell.ts';
import { Time } from '../../parts/time.tsx';
import { Create } from './create.tsx';
import { words } from './words.ts';

const key = ['api-keys'];

export const Screen = () => {
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <Frame
      title={words.title}
      lead={
        <>
          {words.lead}{' '}
          <Anchor href="/api/openapi.json" underline="always">
            {words.docs}
          </Anchor>
        </>
      }
      actions={
        <Button leftSection={<Icon name="plus" size={16} />} onClick={dialog.open}>
          {words.add}
        </Button>
      }
    >
      <Create isOpen={isOpen} onClose={dialog.close} />
      <SearchedList
        label={words.list}
        queryKey={key}
        load={(query) => got(api.GET('/api/v1/api-keys', { params: { query } }))}
        empty={<EmptyState icon="key" title={words.none} text={words.noneText} />}
        row={(one) => <Row apiKey={one} />}
      />
    </Frame>
  );
};

const Row = ({ apiKey }: { apiKey: Schemas['ApiKey'] }) => {
  const { id, name, role, email, createdAt, lastUsedAt } = apiKey;
  const [isOpen, asking] = useDisclosure(false);
  const queries = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => got(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } })),
    onSuccess: async () => {
      tell.done(words.revoke.done(name));
      asking.close();
      await queries.invalidateQueries({ queryKey: key });
    },
  });
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm">
      <div>
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {frame.roles[role]}
          {email !== null && `, ${words.as(email)}`} · {words.made} <Time at={createdAt} /> ·{' '}
          {lastUsedAt === null ? (
            words.never
          ) : (
            <>
              {words.used} <Time at={lastUsedAt} />
            </>
          )}
        </Text>
      </div>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        flex="none"
        aria-label={words.revoke.named(name)}
        onClick={asking.open}
      >
        {words.revoke.act}
      </Button>
      <Ask
        isOpen={isOpen}
        title={words.revoke.ask(name)}
        act={words.revoke.act}
        isBusy={revoke.isPending}
        error={revoke.error}
        onYes={() => {
          revoke.mutate();
        }}
        onClose={asking.close}
      >
        <Text size="sm">{words.revoke.text}</Text>
      </Ask>
    </Group>
  );
};
