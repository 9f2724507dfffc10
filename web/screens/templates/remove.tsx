/** The end of a template, and what depends on it. */
import { Anchor, Button, List, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, got } from '../../hub/client.ts';
import { Ask } from '../../parts/ask.tsx';
import { Section } from '../../parts/layer/section.tsx';
import { ifMatch } from '../../parts/meanwhile/held.ts';
import { tell } from '../../parts/tell.ts';
import { childrenQuery, type Template } from './queries.ts';
import { words } from './words.ts';

export const Remove = ({ template }: { template: Template }) => {
  const { id, name, jobId, stageId } = template;
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  const children = useQuery(childrenQuery(id)).data ?? [];
  const remove = useMutation({
    mutationFn: () =>
      got(
        api.DELETE('/api/v1/templates/{id}', {
          params: { path: { id } },
          headers: ifMatch(template),
        }),
      ),
    onSuccess: async () => {
      tell.done(words.remove.done(name));
      await navigate({ to: '/templates', ignoreBlocker: true });
      queries.removeQueries({ queryKey: ['templates', id] });
      await queries.invalidateQueries({ queryKey: ['templates'] });
    },
  });
  return (
    <Section title={words.remove.title} hint={words.remove.text}>
      {children.length > 0 ? (
        <Stack gap={4} mt="xs">
          <Text size="sm">{words.remove.children}</Text>
          <List size="sm">
            {children.map((child) => (
              <List.Item key={child.id}>
                <Anchor component={Link} to={`/templates/${child.id}`}>
                  {child.name}
                </Anchor>
              </List.Item>
            ))}
          </List>
        </Stack>
      ) : (
        <Button
          mt="sm"
          variant="outline"
          color="red"
          onClick={() => {
            setAsking(true);
          }}
        >
          {words.remove.act}
        </Button>
      )}
      <Ask
        isOpen={isAsking}
        title={words.remove.ask(name)}
        act={words.remove.act}
        isBusy={remove.isPending}
        error={remove.error}
        onYes={() => {
          remove.mutate();
        }}
        onClose={() => {
          setAsking(false);
        }}
      >
        <Text size="sm">{words.remove.text}</Text>
        {(jobId !== null || stageId !== null) && <Text size="sm">{words.remove.preselected}</Text>}
      </Ask>
    </Section>
  );
};
