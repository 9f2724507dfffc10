/** What a candidate sees of the interview, by the link in the mail and without signing in. */
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Leaf } from '../../parts/leaf.tsx';
import { Loading } from '../../parts/loading.tsx';
import { NoLeaf } from '../../parts/no-leaf.tsx';
import { ownZone } from '../../parts/time.tsx';
import { Contact } from './contact.tsx';
import { Days } from './days.tsx';
import { Links } from './links.tsx';
import { StateNote } from './state-note.tsx';
import { Tests } from './tests.tsx';
import { WayThere } from './way-there.tsx';
import { words } from './words.ts';
import { ZoneChoice } from './zone-choice.tsx';

const minute = 60_000;

/** Each minute, and at once when a link opens. */
const nextLook = (page: Schemas['CandidatePage'] | undefined): number => {
  const links =
    page === undefined ? [] : [...page.links, ...page.events.flatMap((one) => one.links)];
  const waits = links.flatMap(({ opensAt }) =>
    opensAt === null ? [] : [Date.parse(opensAt) - Date.now() + 500],
  );
  return Math.max(1_000, Math.min(minute, ...waits));
};

export const Screen = () => {
  const { token } = useParams({ from: '/i/$token' });
  const page = useQuery({
    queryKey: ['candidate-page', token],
    queryFn: () => got(api.GET('/api/v1/candidate-pages/{token}', { params: { path: { token } } })),
    refetchInterval: ({ state }) => nextLook(state.data),
  });
  if (page.data !== undefined) return <Shown token={token} page={page.data} isOld={page.isError} />;
  if (page.isPending) return <Loading />;
  const { error, refetch } = page;
  return (
    <NoLeaf error={error} retry={() => void refetch()} title={words.title} gone={words.gone} />
  );
};

const Shown = ({
  token,
  page,
  isOld,
}: {
  token: string;
  page: Schemas['CandidatePage'];
  isOld: boolean;
}) => {
  const [zone, setZone] = useState(ownZone);
  const { company, contact, state } = page;
  if (state === 'expired')
    return (
      <Leaf title={words.expired.title} company={company.name}>
        <Text>{words.expired.text}</Text>
        <Contact contact={contact} phone={company.phone} text={words.expired.ask} />
      </Leaf>
    );
  const firstTime = [
    ...page.events.map(({ start }) => start),
    ...page.tests.flatMap(({ expiresAt }) => expiresAt ?? []),
  ][0];
  const title = company.name === '' ? words.title : words.titleWith(company.name);
  return (
    <Leaf title={title} company={company.name} lead={[page.job, page.name]}>
      {state === 'confirmed' && page.firstName !== '' && <Text>{words.hello(page.firstName)}</Text>}
      {isOld && (
        <Text role="status" c="dimmed" size="sm">
          {words.notUpToDate}
        </Text>
      )}
      <StateNote page={page} zone={zone} />
      {firstTime !== undefined && <ZoneChoice zone={zone} change={setZone} at={firstTime} />}
      {page.links.length > 0 && <Links label={words.forAll} links={page.links} zone={zone} />}
      {page.events.length > 0 && <Days token={token} page={page} zone={zone} />}
      {page.place !== null && <WayThere place={page.place} />}
      <Tests tests={page.tests} zone={zone} />
      <Contact contact={contact} phone={company.phone} text={words.contact.text} />
    </Leaf>
  );
};
