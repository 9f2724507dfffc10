/** A rule being made or changed, and beside it who would match as the form stands. */
import { Alert, Card, SimpleGrid, Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type Account, choicesQuery, nameOf } from '../../parts/choices.ts';
import { Form, type Once, useSave } from '../../parts/form.tsx';
import type { Held } from '../../parts/meanwhile/held.ts';
import { Fields } from './fields.tsx';
import { Preview } from './preview.tsx';
import type { Rule } from './queries.ts';
import { aboutOf, type Body, bodyOf, validate, type Values } from './values.ts';
import { words } from './words.ts';

export const Edit = ({
  initialValues,
  accounts,
  held,
  submit,
  send,
  saved,
  note,
}: {
  initialValues: Values;
  accounts: readonly Account[];
  /** The stored rule; left out: it is being made. */
  held?: Held<Rule, Values>;
  submit: string;
  send: (body: Body, once: Once) => Promise<Rule>;
  saved: (rule: Rule) => unknown;
  note?: ReactNode;
}) => {
  const form = useForm<Values>({ initialValues, validate });
  const rule = held?.stored ?? null;
  const { connectionId, platformId, stageIds, testId, action } = form.values;
  const stages = useQuery(choicesQuery(connectionId, 'stages')).data;
  const tests = useQuery(choicesQuery(platformId, 'tests')).data;
  const what =
    action === 'assessment' && testId !== null
      ? nameOf(testId, tests)
      : words.form.action.kinds.live_link;
  const save = useSave(form, {
    send: (values, once) => {
      const unnamed = words.form.unnamed(what, stageIds.map((id) => nameOf(id, stages)));
      return send(bodyOf(values, unnamed), once);
    },
    saved: async (now) => {
      form.resetDirty();
      held?.hold(now);
      await saved(now);
    },
    // One of several stages is named with its place in the list.
    fieldOf: (field) => field.split('.')[0] ?? null,
  }); // prettier-ignore
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
      <Card withBorder radius="lg" padding="lg">
        <Form form={form} save={save} submit={submit} {...(held && { held })}>
          <Fields form={form} accounts={accounts} />
          {note !== undefined && form.isDirty() && <Alert color="blue">{note}</Alert>}
        </Form>
      </Card>
      <Stack>
        <Preview
          about={aboutOf(form.values)}
          rule={rule !== null && !form.isDirty() ? rule : null}
          isUnsaved={rule !== null && form.isDirty()}
        />
      </Stack>
    </SimpleGrid>
  );
};
