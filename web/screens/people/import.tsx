/** The users of an ATS, taken over: who would be added is seen before. */
import { Anchor, Button, Group, List, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { accountsQuery, onlyOf } from '../../parts/choices.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { ownZone } from '../../parts/time.tsx';
import { ZoneField } from '../../parts/zone-field.tsx';
import { words } from './words.ts';

/** Names that are listed; the rest is counted. */
const shown = 50;

export const Screen = () => {
  const accounts = useQuery(accountsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const all = (accounts.data ?? []).filter(({ role }) => role === 'ats');
  const id = chosen ?? onlyOf(all);
  return (
    <Frame
      title={words.importing.title}
      lead={words.importing.lead}
      back={{ to: '/people', label: words.back }}
    >
      {accounts.isPending && <Loading />}
      {accounts.isError && (
        <ProblemNote error={accounts.error} retry={() => void accounts.refetch()} />
      )}
      {accounts.data && all.length === 0 && (
        <EmptyState icon="plug" title={words.importing.none} text={words.importing.noneText} />
      )}
      {all.length > 0 && (
        <Stack maw="44rem">
          <Select
            label={words.importing.from}
            placeholder={words.importing.choose}
            data={all.map((one) => ({ value: one.id, label: one.name }))}
            allowDeselect={false}
            value={id}
            onChange={setChosen}
          />
          {id !== null && <Preview key={id} connectionId={id} />}
        </Stack>
      )}
    </Frame>
  );
};

const Preview = ({ connectionId }: { connectionId: string }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [zone, setZone] = useState(ownZone);
  const preview = useQuery({
    queryKey: ['people', 'import', connectionId],
    queryFn: () => got(api.POST('/api/v1/people/import/preview', { body: { connectionId } })),
  });
  const add = useMutation({
    mutationFn: () => got(api.POST('/api/v1/people/import', { body: { connectionId, zone } })),
    onSuccess: async ({ added }) => {
      tell.done(words.importing.done(added));
      await queries.invalidateQueries({ queryKey: ['people'] });
      await navigate({ to: '/people' });
    },
  });
  if (preview.isPending) return <Loading />;
  if (!preview.data)
    return <ProblemNote error={preview.error} retry={() => void preview.refetch()} />;
  const { added, known, withoutAddress, missing } = preview.data;
  return (
    <>
      <Part title={words.importing.added(added.length)}>
        {added.length > 0 && <Names names={added.map(({ name, email }) => `${name} · ${email}`)} />}
        {known > 0 && <Text size="sm">{words.importing.known(known)}</Text>}
        {withoutAddress.length > 0 && (
          <div>
            <Text size="sm">{words.importing.withoutAddress}</Text>
            <Names names={withoutAddress} />
          </div>
        )}
        {added.length > 0 && (
          <ZoneField
            label={words.importing.zone}
            value={zone}
            onChange={(chosen) => {
              if (chosen !== null) setZone(chosen);
            }}
          />
        )}
        {add.isError && <ProblemNote error={add.error} />}
        <Group>
          <Button
            disabled={added.length === 0}
            loading={add.isPending}
            onClick={() => {
              add.mutate();
            }}
          >
            {words.importing.submit(added.length)}
          </Button>
        </Group>
      </Part>
      {missing.length > 0 && <Missing missing={missing} />}
    </>
  );
};

const Names = ({ names }: { names: readonly string[] }) => (
  <List size="sm">
    {names.slice(0, shown).map((name, index) => (
      <List.Item key={`${name} ${String(index)}`}>{name}</List.Item>
    ))}
    {names.length > shown && <List.Item>{words.importing.more(names.length - shown)}</List.Item>}
  </List>
);

const Missing = ({ missing }: { missing: Schemas['PeopleImportPreview']['missing'] }) => (
  <Part title={words.importing.missing}>
    <Text size="sm" c="dimmed">
      {words.importing.missingText}
    </Text>
    <List size="sm">
      {missing.slice(0, shown).map(({ id, name, email }) => (
        <List.Item key={id}>
          <Anchor component={Link} to={`/people/${id}`} size="sm" underline="always">
            {name}
          </Anchor>{' '}
          · {email}
        </List.Item>
      ))}
      {missing.length > shown && (
        <List.Item>{words.importing.more(missing.length - shown)}</List.Item>
      )}
    </List>
  </Part>
);
