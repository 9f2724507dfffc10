/** A new rule. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { accountsQuery, type Account, onlyOf } from '../../parts/choices.ts';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Edit } from './edit.tsx';
import { ruleQuery, rulesKey } from './queries.ts';
import { emptyRule, type Values } from './values.ts';
import { words } from './words.ts';

export const Screen = () => {
  const accounts = useQuery(accountsQuery);
  return (
    <Frame title={words.form.title} back={{ to: '/rules', label: words.back }}>
      {accounts.isPending && <Loading />}
      {accounts.isError && (
        <ProblemNote error={accounts.error} retry={() => void accounts.refetch()} />
      )}
      {accounts.data && <New accounts={accounts.data} />}
    </Frame>
  );
};

const beginning = (accounts: readonly Account[]): Values => {
  const tests = accounts.filter(({ capabilities }) => capabilities.includes('assessments'));
  const rooms = accounts.filter(({ capabilities }) => capabilities.includes('live_links'));
  return {
    ...emptyRule,
    connectionId: onlyOf(accounts.filter(({ capabilities }) => capabilities.includes('ats'))),
    action: tests.length > 0 ? 'assessment' : 'live_link',
    platformId: onlyOf(tests.length > 0 ? tests : rooms),
  };
};

const New = ({ accounts }: { accounts: readonly Account[] }) => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayConnect = useMay()('connections.manage');
  const has = (role: Account['role']): boolean => accounts.some((one) => one.role === role);
  if (!has('ats') || !has('coding'))
    return (
      <EmptyState
        icon="plug"
        title={words.accounts.title}
        text={mayConnect ? words.accounts.text : words.accounts.ask}
      >
        {mayConnect && (
          <Button component={Link} to="/settings/company" variant="light" mt="sm">
            {words.accounts.go}
          </Button>
        )}
      </EmptyState>
    );
  return (
    <Edit
      initialValues={beginning(accounts)}
      accounts={accounts}
      submit={words.form.create}
      send={(body, headers) =>
        got(api.POST('/api/v1/rules', { body: { ...body, enabled: true }, headers }))
      }
      saved={async (made) => {
        queries.setQueryData(ruleQuery(made.id).queryKey, made);
        await queries.invalidateQueries({ queryKey: [rulesKey, 'list'] });
        tell.done(words.form.made(made.name));
        await navigate({ to: '/rules/$id', params: { id: made.id } });
      }}
    />
  );
};
