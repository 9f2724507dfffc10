/** One rule: what it does, who would match, what it did lately, and its end. */
import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { accountsQuery, choicesQuery } from '../../parts/choices.ts';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Decisions } from './decisions.tsx';
import { Edit } from './edit.tsx';
import { Preview } from './preview.tsx';
import { type Rule, ruleQuery, rulesKey } from './queries.ts';
import { Remove } from './remove.tsx';
import { Sentence } from './sentence.tsx';
import { StateBadge } from './state-badge.tsx';
import { aboutOf, labels, valuesOf } from './values.ts';
import { words } from './words.ts';

const back = { to: '/rules', label: words.back };

export const Screen = () => {
  const { id } = useParams({ from: '/shell/rules/$id' });
  const rule = useQuery(ruleQuery(id));
  if (rule.isPending) return <Loading />;
  if (!rule.data)
    return (
      <Frame title={words.title} back={back}>
        <ProblemNote error={rule.error} retry={() => void rule.refetch()} />
      </Frame>
    );
  return <One key={id} rule={rule.data} />;
};

const One = ({ rule }: { rule: Rule }) => {
  const mayChange = useMay()('rules.manage');
  return (
    <Frame
      title={rule.name}
      back={back}
      lead={
        <Group gap="sm" component="span">
          <StateBadge state={rule.state} />
          <span>
            <Sentence rule={rule} />
          </span>
        </Group>
      }
      actions={mayChange && <Toggle rule={rule} />}
    >
      {rule.state !== 'on' && (
        <Alert
          color={rule.state === 'off' ? 'gray' : 'yellow'}
          icon={<Icon name={rule.state === 'off' ? 'pause' : 'alert'} />}
        >
          {rule.stateText}
        </Alert>
      )}
      {mayChange ? (
        <Change rule={rule} />
      ) : (
        <Preview about={aboutOf(valuesOf(rule, []))} rule={rule} isUnsaved={false} />
      )}
      <Stack component="section" gap="sm">
        <Title order={2} size="h4">
          {words.decisions.title}
        </Title>
        <Decisions rule={rule} />
      </Stack>
      {mayChange && (
        <Stack component="section" gap="sm">
          <Title order={2} size="h4">
            {words.remove.title}
          </Title>
          <Text size="sm" c="dimmed">
            {words.remove.text}
          </Text>
          <Remove rule={rule} />
        </Stack>
      )}
    </Frame>
  );
};

const Change = ({ rule }: { rule: Rule }) => {
  const queries = useQueryClient();
  const accounts = useQuery(accountsQuery);
  const tags = useQuery(choicesQuery(rule.connectionId, 'tags'));
  const held = useHeld(rule, {
    valuesOf: (stored) => valuesOf(stored, tags.data ?? []),
    refetch: () => queries.invalidateQueries(ruleQuery(rule.id)),
    labels,
    texts: ['name', 'tag'],
  });
  if (accounts.isPending || tags.isPending) return <Loading />;
  if (!accounts.data)
    return <ProblemNote error={accounts.error} retry={() => void accounts.refetch()} />;
  return (
    <Edit
      initialValues={valuesOf(rule, tags.data ?? [])}
      accounts={accounts.data}
      held={held}
      submit={words.form.save}
      note={words.form.anew}
      send={(body, once) =>
        got(
          api.PUT('/api/v1/rules/{id}', {
            params: { path: { id: rule.id } },
            body: { ...body, enabled: held.base().enabled },
            headers: { ...once, ...held.ifMatch() },
          }),
        )
      }
      saved={(now) => {
        queries.setQueryData(ruleQuery(rule.id).queryKey, now);
        tell.done(words.form.saved);
        return queries.invalidateQueries({ queryKey: [rulesKey, 'list'] });
      }}
    />
  );
};

const Toggle = ({ rule: { id, enabled } }: { rule: Rule }) => {
  const queries = useQueryClient();
  const toggle = useMutation({
    mutationFn: () => {
      const params = { path: { id } };
      return got(
        enabled
          ? api.POST('/api/v1/rules/{id}/disable', { params })
          : api.POST('/api/v1/rules/{id}/enable', { params }),
      );
    },
    onSuccess: async (now) => {
      queries.setQueryData(ruleQuery(id).queryKey, now);
      tell.done(now.enabled ? words.enabled : words.disabled);
      await queries.invalidateQueries({ queryKey: [rulesKey, 'list'] });
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <Button
      variant={enabled ? 'default' : 'filled'}
      loading={toggle.isPending}
      onClick={() => {
        toggle.mutate();
      }}
    >
      {enabled ? words.disable : words.enable}
    </Button>
  );
};
