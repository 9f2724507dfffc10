/** A new template: empty, upon a base, or as a copy of another. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { accountsQuery, onlyOf } from '../../parts/choices.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { emptyTemplate, templateQuery, type TemplateValues, valuesOf } from './queries.ts';
import { TemplateForm } from './template-form.tsx';
import { words } from './words.ts';

const back = { to: '/templates', label: words.back };

export const Screen = () => {
  const { from, base } = useSearch({ strict: false });
  const accounts = useQuery(accountsQuery);
  const model = useQuery({ ...templateQuery(from ?? ''), enabled: from !== undefined });
  return (
    <Frame title={words.new} back={back}>
      {model.isError && <ProblemNote error={model.error} retry={() => void model.refetch()} />}
      {(accounts.isPending || (from !== undefined && model.isPending)) && <Loading />}
      {from === undefined && !accounts.isPending && (
        <Fresh
          initial={{
            ...emptyTemplate,
            parentId: base ?? null,
            connectionId: onlyOf((accounts.data ?? []).filter(({ role }) => role === 'ats')),
          }}
        />
      )}
      {model.data && (
        <Fresh initial={{ ...valuesOf(model.data), name: words.copyOf(model.data.name) }} />
      )}
    </Frame>
  );
};

const Fresh = ({ initial }: { initial: TemplateValues }) => {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return (
    <TemplateForm
      id={null}
      initial={initial}
      submit={words.create}
      send={(body, once) => got(api.POST('/api/v1/templates', { body, headers: once }))}
      saved={async ({ id }) => {
        tell.done(words.created);
        void queries.invalidateQueries({ queryKey: ['templates'] });
        await navigate({ to: `/templates/${id}`, ignoreBlocker: true });
      }}
    />
  );
};
