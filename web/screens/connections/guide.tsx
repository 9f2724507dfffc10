/** The guide of a connector: `docs/guides/connect-<id>.md`, where there is one. */
import { Card } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Loading } from '../../parts/loading.tsx';

const Steps = lazy(async () => ({ default: (await import('../../parts/guide.tsx')).Guide }));

const guides = import.meta.glob<string>('../../../docs/guides/connect-*.md', {
  query: '?raw',
  import: 'default',
});

export const SetUpGuide = ({ connector }: { connector: string }) => {
  const load = guides[`../../../docs/guides/connect-${connector}.md`];
  const guide = useQuery({
    queryKey: ['guide', connector],
    queryFn: () => load?.() ?? null,
    staleTime: Infinity,
  });
  if (guide.isPending) return <Loading />;
  // A connector that has none is connected all the same.
  if (typeof guide.data !== 'string') return null;
  return (
    <Card withBorder radius="lg" padding="lg">
      <Suspense fallback={<Loading />}>
        <Steps text={guide.data} />
      </Suspense>
    </Card>
  );
};
