/** One pool: its expression, its members, and its end. */
import { Code, Group } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { Loading } from '../../parts/loading.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import { Part } from '../../parts/part.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Edit, valuesOf } from './edit.tsx';
import { Members } from './members.tsx';
import { type Pool, poolQuery } from './queries.ts';
import { Remove } from './remove.tsx';
import { words } from './words.ts';

const back = { to: '/pools', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/pools/$id' });
  const mayChange = useMay()('templates.manage');
  const pool = useQuery(poolQuery(id));
  if (pool.isPending) return <Loading />;
  if (!pool.data)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={pool.error} retry={() => void pool.refetch()} />
      </Frame>
    );
  const { name, expression } = pool.data;
  return (
    <Frame title={name} back={back}>
      {mayChange ? (
        <Change key={id} pool={pool.data} />
      ) : (
        <>
          <Group>
            <Code>{expression}</Code>
          </Group>
          <Members expression={expression} />
        </>
      )}
    </Frame>
  );
};

const Change = ({ pool }: { pool: Pool }) => {
  const { id } = pool;
  const queries = useQueryClient();
  const held = useHeld(pool, {
    valuesOf,
    refetch: () => queries.invalidateQueries(poolQuery(id)),
    labels: { name: words.form.name, expression: words.form.expression },
    texts: ['name', 'expression'],
  });
  return (
    <Edit
      initialValues={valuesOf(pool)}
      held={held}
      submit={words.form.save}
      send={(body, once) => {
        const headers = { ...once, ...held.ifMatch() };
        return got(api.PUT('/api/v1/pools/{id}', { params: { path: { id } }, body, headers }));
      }}
      saved={(now) => {
        queries.setQueryData(poolQuery(id).queryKey, now);
        tell.done(words.form.saved);
        return queries.invalidateQueries({ queryKey: ['pools', 'list'] });
      }}
    >
      <Part title={words.remove.title}>
        <Remove pool={pool} />
      </Part>
    </Edit>
  );
};
