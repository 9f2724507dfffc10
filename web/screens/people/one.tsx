/** One person or room: what is wrong with it, the form, its calendars, and what depends on it. */
import { Alert, Badge, Group, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMay, useSession } from '../../app/session.ts';
import { accountsQuery } from '../../parts/choices.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { Time } from '../../parts/time.tsx';
import { Activate } from './activate.tsx';
import { Calendars } from './calendars.tsx';
import { Change } from './change.tsx';
import { Facts } from './facts.tsx';
import { Feed } from './feed.tsx';
import { type Person, personQuery, tiesQuery } from './queries.ts';
import { TiesPart } from './ties.tsx';
import { words } from './words.ts';

export const Screen = () => {
  const { id } = useParams({ from: '/shell/people/$id' });
  const person = useQuery(personQuery(id));
  const back = useBack();
  if (person.isPending) return <Loading />;
  if (!person.data)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={person.error} retry={() => void person.refetch()} />
      </Frame>
    );
  return <One key={id} person={person.data} />;
};

/** The list is not for everybody who may see oneself. */
const useBack = () =>
  useMay()('templates.see')
    ? { to: '/people', label: words.back }
    : { to: '/me', label: words.backToMine };

const One = ({ person }: { person: Person }) => {
  const { email: ownEmail, may: rights } = useSession();
  const back = useBack();
  const seesAccounts = useMay()('rules.see');
  const accounts = useQuery({ ...accountsQuery, enabled: seesAccounts });
  const ties = useQuery(tiesQuery(person.id));
  const mayAll = rights['people.change'] === 'any';
  const isOwn = person.email !== '' && person.email.toLowerCase() === ownEmail?.toLowerCase();
  const missing = (ties.data?.atsUsers ?? []).filter(({ userId }) => userId === null);
  if (seesAccounts && accounts.isPending) return <Loading />;
  return (
    <Frame
      title={person.name}
      back={back}
      lead={
        <Group gap="sm" component="span">
          {person.kind === 'room' && (
            <Badge variant="light" color="blue">
              {words.room}
            </Badge>
          )}
          {!person.active && (
            <Badge variant="light" color="gray" leftSection={<Icon name="pause" size={12} />}>
              {words.inactive}
            </Badge>
          )}
          <span>{[person.title, person.email].filter((text) => text !== '').join(' · ')}</span>
        </Group>
      }
      actions={mayAll && <Activate person={person} ties={ties.data ?? null} />}
    >
      {(person.bounced !== null || missing.length > 0) && (
        <Stack gap="sm">
          {person.bounced !== null && (
            <Alert color="red" icon={<Icon name="mail" />} title={words.bounced.title}>
              <Time at={person.bounced.at} />. {words.bounced.text(person.bounced.error)}
            </Alert>
          )}
          {missing.map(({ connectionId, name }) => (
            <Alert key={connectionId} color="yellow" icon={<Icon name="alert" />}>
              {words.ats.missing(name)}
            </Alert>
          ))}
        </Stack>
      )}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
        {mayAll || isOwn ? (
          <Change person={person} mayAll={mayAll} accounts={accounts.data ?? null} />
        ) : (
          <Facts person={person} />
        )}
        <Stack>
          {(mayAll || isOwn) && <Calendars person={person} accounts={accounts.data ?? []} />}
          {mayAll && person.kind === 'person' && <Feed person={person} />}
          {ties.isError && <ProblemNote error={ties.error} />}
          {ties.data && <TiesPart ties={ties.data} />}
        </Stack>
      </SimpleGrid>
    </Frame>
  );
};
