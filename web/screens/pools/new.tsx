/** A new pool. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api, got } from '../../hub/client.ts';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Edit } from './edit.tsx';
import { poolQuery } from './queries.ts';
import { words } from './words.ts';

export const Screen = () => {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <Frame title={words.form.title} back={{ to: '/pools', label: words.back }}>
      <Edit
        initialValues={{ name: '', expression: '' }}
        submit={words.form.create}
        send={(body, headers) => got(api.POST('/api/v1/pools', { body, headers }))}
        saved={async (made) => {
          queries.setQueryData(poolQuery(made.id).queryKey, made);
          await queries.invalidateQueries({ queryKey: ['pools', 'list'] });
          tell.done(words.form.made(made.name));
          await navigate({ to: '/pools/$id', params: { id: made.id } });
        }}
      />
    </Frame>
  );
};
