/** One template: seen by all who schedule, changed by those who may. */
import { Alert, Button, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { type Template, templateQuery, valuesOf } from './queries.ts';
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
  const { id, name, updatedAt } = template;
  const mayChange = useMay()('templates.manage');
  const queries = useQueryClient();
  // What the form holds or began with, and how often another's change was taken over.
  const [seen, setSeen] = useState(updatedAt);
  const [taken, setTaken] = useState(0);
  const take = (): void => {
    setSeen(updatedAt);
    setTaken(taken + 1);
  };
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
        key={taken}
        id={id}
        initial={valuesOf(template)}
        submit={words.save}
        send={(body) => got(api.PUT('/api/v1/templates/{id}', { params: { path: { id } }, body }))}
        saved={(now) => {
          setSeen(now.updatedAt);
          queries.setQueryData(templateQuery(id).queryKey, now);
          tell.done(words.saved);
          void queries.invalidateQueries({ queryKey: ['templates'] });
        }}
        note={(isDirty) => seen !== updatedAt && <Newer isDirty={isDirty} take={take} />}
      />
      {mayChange && <Remove template={template} />}
    </Frame>
  );
};

/** Another's change is taken over by itself where nothing is lost. */
const Newer = ({ isDirty, take }: { isDirty: boolean; take: () => void }) => {
  useEffect(() => {
    if (!isDirty) take();
  });
  return (
    <Alert
      color="yellow"
      icon={<Icon name="alert" />}
      title={words.changedElsewhere.title}
      role="status"
    >
      <Text size="sm">{words.changedElsewhere.text}</Text>
      <Button size="compact-sm" variant="default" mt="xs" onClick={take}>
        {words.changedElsewhere.load}
      </Button>
    </Alert>
  );
};
