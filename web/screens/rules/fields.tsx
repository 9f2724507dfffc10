/** The fields of a rule: whom it is about, and what it does. Lists come from the vendors. */
import {
  Autocomplete,
  Button,
  Group,
  MultiSelect,
  Select,
  Stack,
  Switch,
  TextInput,
  Title,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { type Account, type Choice, choicesQuery, labelOf, onlyOf } from '../../parts/choices.ts';
import { Icon } from '../../parts/icon.tsx';
import { tell } from '../../parts/tell.ts';
import type { Rule } from './queries.ts';
import type { Values } from './values.ts';
import { words } from './words.ts';

type RuleForm = UseFormReturnType<Values>;

const actions = ['assessment', 'live_link'] as const;
const able = { assessment: 'assessments', live_link: 'live_links' } as const;
/** A list of hundreds is searched, not scrolled. */
const shown = 100;

const options = (choices: readonly Choice[]) =>
  choices.map((one) => ({
    value: one.id,
    label: one.open === false ? words.form.closed(one.name) : labelOf(one, choices),
  }));

/** Lists that the vendor keeps apart stand under their names. */
const grouped = (choices: readonly Choice[]) => {
  const groups = [...new Map(choices.flatMap(({ group }) => (group ? [[group.id, group]] : []))).values()]; // prettier-ignore
  if (groups.length < 2) return options(choices);
  const all = options(choices);
  return groups.map(({ id, name }) => ({
    group: name,
    items: all.filter((_, index) => choices[index]?.group?.id === id),
  }));
};

export const Fields = ({ form, accounts }: { form: RuleForm; accounts: readonly Account[] }) => (
  <Stack gap="xl">
    <When form={form} accounts={accounts} />
    <Then form={form} accounts={accounts} />
    <TextInput
      label={words.form.name}
      description={words.form.nameHint}
      {...form.getInputProps('name')}
    />
    <Reload form={form} />
  </Stack>
);

const When = ({ form, accounts }: { form: RuleForm; accounts: readonly Account[] }) => {
  const { connectionId } = form.values;
  const stages = useQuery(choicesQuery(connectionId, 'stages')).data ?? [];
  const tags = useQuery(choicesQuery(connectionId, 'tags')).data ?? [];
  const jobs = useQuery(choicesQuery(connectionId, 'jobs')).data ?? [];
  const isChosen = connectionId !== null;
  return (
    <Stack component="fieldset" bd={0} p={0} m={0}>
      <Title component="legend" order={2} size="h5" mb="sm" p={0}>
        {words.form.when}
      </Title>
      <Select
        label={words.form.ats.label}
        placeholder={words.form.choose}
        data={accounts
          .filter(({ capabilities }) => capabilities.includes('ats'))
          .map(({ id, name }) => ({ value: id, label: name }))}
        allowDeselect={false}
        required
        {...form.getInputProps('connectionId')}
        onChange={(id: string | null) => {
          form.setValues({ connectionId: id, stageIds: [], tag: '', jobId: null });
        }}
      />
      <MultiSelect
        label={words.form.stages.label}
        description={words.form.stages.hint}
        data={grouped(stages)}
        limit={shown}
        disabled={!isChosen}
        nothingFoundMessage={words.form.nothing}
        hidePickedOptions
        searchable
        required
        {...form.getInputProps('stageIds')}
      />
      <Autocomplete
        label={words.form.tag.label}
        description={words.form.tag.hint}
        data={[...new Set(tags.map(({ name }) => name))]}
        limit={shown}
        disabled={!isChosen}
        {...form.getInputProps('tag')}
      />
      <Select
        label={words.form.job.label}
        placeholder={words.form.job.any}
        data={options(jobs)}
        limit={shown}
        disabled={!isChosen}
        nothingFoundMessage={words.form.nothing}
        searchable
        clearable
        {...form.getInputProps('jobId')}
      />
    </Stack>
  );
};

const Then = ({ form, accounts }: { form: RuleForm; accounts: readonly Account[] }) => {
  const { action, platformId } = form.values;
  const isTest = action === 'assessment';
  const choices = useQuery(choicesQuery(platformId, isTest ? 'tests' : 'templates')).data ?? [];
  const platformsFor = (kind: Rule['action']) =>
    accounts.filter(({ capabilities }) => capabilities.includes(able[kind]));
  const chooseAction = (kind: Rule['action']): void => {
    const platforms = platformsFor(kind);
    const stays = platforms.some(({ id }) => id === platformId);
    form.setValues({
      action: kind,
      platformId: stays ? platformId : onlyOf(platforms),
      testId: null,
    });
  };
  return (
    <Stack component="fieldset" bd={0} p={0} m={0}>
      <Title component="legend" order={2} size="h5" mb="sm" p={0}>
        {words.form.then}
      </Title>
      <Select
        label={words.form.action.label}
        data={actions.map((kind) => ({ value: kind, label: words.form.action.kinds[kind] }))}
        allowDeselect={false}
        {...form.getInputProps('action')}
        onChange={(kind: Rule['action'] | null) => {
          if (kind !== null) chooseAction(kind);
        }}
      />
      <Select
        label={words.form.platform.label}
        placeholder={words.form.choose}
        data={platformsFor(action).map(({ id, name }) => ({ value: id, label: name }))}
        nothingFoundMessage={words.form.nothing}
        allowDeselect={false}
        required
        {...form.getInputProps('platformId')}
        onChange={(id: string | null) => {
          form.setValues({ platformId: id, testId: null });
        }}
      />
      <Select
        key={action}
        label={isTest ? words.form.test.label : words.form.template.label}
        placeholder={isTest ? words.form.choose : words.form.template.none}
        data={options(choices)}
        limit={shown}
        disabled={platformId === null}
        nothingFoundMessage={words.form.nothing}
        searchable
        clearable={!isTest}
        required={isTest}
        {...form.getInputProps('testId')}
      />
      <Switch
        label={words.form.repeats}
        description={words.form.repeatsHint}
        {...form.getInputProps('repeats', { type: 'checkbox' })}
      />
    </Stack>
  );
};

/** What was added at a vendor a moment ago is not in the lists yet. */
const Reload = ({ form }: { form: RuleForm }) => {
  const { connectionId, platformId } = form.values;
  const reload = useMutation({
    mutationFn: () =>
      Promise.all(
        [connectionId, platformId]
          .filter((id) => id !== null)
          .map((id) =>
            got(api.POST('/api/v1/connections/{id}/refresh', { params: { path: { id } } })),
          ),
      ),
    onSuccess: () => {
      tell.done(words.form.reloading);
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <Group>
      <Button
        variant="subtle"
        size="xs"
        leftSection={<Icon name="again" size={14} />}
        disabled={connectionId === null && platformId === null}
        loading={reload.isPending}
        onClick={() => {
          reload.mutate();
        }}
      >
        {words.form.reload}
      </Button>
    </Group>
  );
};
