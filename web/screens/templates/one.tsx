/** One template: seen by all who schedule, changed by those who may. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { joinLayer, splitLayer } from '../../parts/layer/layer-form.ts';
import { Loading } from '../../parts/loading.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { labels, type Template, templateQuery, type TemplateValues, valuesOf } from './queries.ts';
import { Remove } from './remove.tsx';
import { TemplateForm } from './template-form.tsx';
import { words } from './words.ts';

const back = { to: '/templates', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/templates/$id' });
  const template = useQuery(templateQuery(id));
  if (template.isPending) return <Loading />;
  if (!template.data)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={template.error} retry={() => void template.refetch()} />
      </Frame>
    );
  return <One key={id} template={template.data} />;
};

const One = ({ template }: { template: Template }) => {
  const { id, name } = template;
  const mayChange = useMay()('templates.manage');
  const queries = useQueryClient();
  const held = useHeld(template, {
    valuesOf,
    refetch: () => queries.invalidateQueries(templateQuery(id)),
    labels,
    texts: ['name', 'layer.interviewName', 'layer.zone', 'layer.texts.itinerary'],
    split: splitLayer,
    join: (parts) => joinLayer(parts) as unknown as TemplateValues,
  });
  return (
    <Frame
      title={name}
      back={back}
      {...(mayChange ? {} : { lead: words.seeOnly })}
      actions={
        mayChange && (
          <Button component={Link} to={`/templates/new?from=${id}`} variant="default">
            {words.duplicate}
          </Button>
        )
      }
    >
      <TemplateForm
        id={id}
        held={held}
        initial={valuesOf(template)}
        submit={words.save}
        send={(body) => {
          const headers = held.ifMatch();
          return got(
            api.PUT('/api/v1/templates/{id}', { params: { path: { id } }, body, headers }),
          );
        }}
        saved={(now) => {
          queries.setQueryData(templateQuery(id).queryKey, now);
          tell.done(words.saved);
          void queries.invalidateQueries({ queryKey: ['templates'] });
        }}
      />
      {mayChange && <Remove template={template} />}
    </Frame>
  );
};
