/** What an interviewer sees of a candidate's test, by the link in the invite and without signing in. */
import { Alert, Card, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Copy } from '../../parts/copy.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Leaf } from '../../parts/leaf.tsx';
import { Loading } from '../../parts/loading.tsx';
import { NoLeaf } from '../../parts/no-leaf.tsx';
import { Result } from './result.tsx';
import { Times } from './times.tsx';
import { words } from './words.ts';

type Page = Schemas['TestPage'];

/** Soon while something is on its way. */
const nextLook = (page: Page | undefined): number => (page?.state === 'coming' ? 5_000 : 60_000);

const looks = {
  coming: { color: 'gray', icon: 'mail' },
  stopped: { color: 'yellow', icon: 'alert' },
  off: { color: 'gray', icon: 'cross' },
  invited: { color: 'blue', icon: 'mail' },
  started: { color: 'blue', icon: 'code' },
  completed: { color: 'teal', icon: 'check' },
  pending_review: { color: 'teal', icon: 'check' },
  expired: { color: 'yellow', icon: 'alert' },
  declined: { color: 'yellow', icon: 'cross' },
  cancelled: { color: 'gray', icon: 'cross' },
} as const;

export const Screen = () => {
  const { token } = useParams({ from: '/tests/$token' });
  const page = useQuery({
    queryKey: ['test-page', token],
    queryFn: () => got(api.GET('/api/v1/test-pages/{token}', { params: { path: { token } } })),
    refetchInterval: ({ state }) => nextLook(state.data),
  });
  if (page.data !== undefined) return <Shown page={page.data} isOld={page.isError} />;
  if (page.isPending) return <Loading />;
  const { error, refetch } = page;
  return (
    <NoLeaf error={error} retry={() => void refetch()} title={words.title} gone={words.gone} />
  );
};

const Shown = ({ page, isOld }: { page: Page; isOld: boolean }) => {
  const { cancelled, candidate, company, interview, job, state, test } = page;
  const told = test?.status ?? (state === 'sent' ? 'invited' : state);
  const { color, icon } = looks[told];
  const { title, text } = words.states[told];
  return (
    <Leaf
      title={candidate === '' ? words.title : words.of(candidate)}
      company={company}
      lead={[test ? words.at(test.testName, test.platform) : '', job, interview]}
    >
      {isOld && (
        <Text role="status" c="dimmed" size="sm">
          {words.notUpToDate}
        </Text>
      )}
      {cancelled && (
        <Alert
          role="status"
          color="red"
          title={words.cancelled.title}
          icon={<Icon name="calendar" />}
        >
          {words.cancelled.text}
        </Alert>
      )}
      {!(cancelled && told === 'off') && (
        <Alert role="status" color={color} title={title} icon={<Icon name={icon} />}>
          {text}
        </Alert>
      )}
      {test && (
        <>
          <Result test={test} />
          {test.url !== null && <CandidateLink url={test.url} />}
          <Times test={test} />
        </>
      )}
    </Leaf>
  );
};

/** To be told, not to be pressed. */
const CandidateLink = ({ url }: { url: string }) => (
  <Card component="section" aria-label={words.link} withBorder padding="md" radius="lg">
    <Stack gap="xs">
      <Title order={2} size="h4">
        {words.link}
      </Title>
      <Text>{words.linkText}</Text>
      <Copy label={words.linkLabel} text={url} />
    </Stack>
  </Card>
);
