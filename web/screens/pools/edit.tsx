/** A pool being made or changed; its members follow what is typed. */
import { Button, Card, Group, Input, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { Form, type Once, useSave } from '../../parts/form.tsx';
import type { Held } from '../../parts/meanwhile/held.ts';
import { tagsQuery } from '../../parts/tags.ts';
import { Members } from './members.tsx';
import { previewQuery, type Pool } from './queries.ts';
import { words } from './words.ts';

export type Values = { name: string; expression: string };

/** Milliseconds without a key before the hub is asked. */
const pause = 300;
/** Tags that are offered; others are typed. */
const offered = 40;

const quoted = (tag: string): string =>
  /[\s()"]|^(and|or|not)$/i.test(tag) ? `"${tag.replaceAll('"', '')}"` : tag;

export const valuesOf = ({ name, expression }: Pool): Values => ({ name, expression });

export const Edit = ({
  initialValues,
  held,
  submit,
  send,
  saved,
  children,
}: {
  initialValues: Values;
  /** Left out: it is being made. */
  held?: Held<Pool, Values>;
  submit: string;
  send: (values: Values, once: Once) => Promise<Pool>;
  saved: (pool: Pool) => unknown;
  children?: ReactNode;
}) => {
  const form = useForm<Values>({ initialValues });
  const save = useSave(form, {
    send,
    saved: async (pool) => {
      form.resetDirty(valuesOf(pool));
      form.setValues(valuesOf(pool));
      held?.hold(pool);
      await saved(pool);
    },
  });
  const [expression] = useDebouncedValue(form.values.expression.trim(), pause);
  const { error } = useQuery(previewQuery(expression));
  const isCurrent = expression === form.values.expression.trim();
  const fault =
    error !== null && isCurrent && problemOf(error).field === 'expression'
      ? wordsOf(problemOf(error))
      : null;
  const insert = (tag: string): void => {
    const before = form.values.expression.trim();
    const joined = before === '' || /(\b(and|or|not)|\()$/i.test(before) ? '' : 'AND ';
    form.setFieldValue('expression', `${before} ${joined}${quoted(tag)}`.trim());
  };
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
      <Stack>
        <Card withBorder radius="lg" padding="lg">
          <Form form={form} save={save} submit={submit} {...(held && { held })}>
            <TextInput label={words.form.name} required {...form.getInputProps('name')} />
            <Textarea
              label={words.form.expression}
              description={words.form.hint}
              placeholder={words.form.example}
              autosize
              minRows={2}
              maxLength={1_000}
              required
              {...form.getInputProps('expression')}
              error={form.errors['expression'] ?? fault}
            />
            <Offers onInsert={insert} />
          </Form>
        </Card>
        {children}
      </Stack>
      <div>
        <Members expression={expression} />
      </div>
    </SimpleGrid>
  );
};

const Offers = ({ onInsert }: { onInsert: (tag: string) => void }) => {
  const tags = useQuery(tagsQuery).data ?? [];
  return (
    tags.length > 0 && (
      <div>
        <Input.Label component="p" m={0} mb={6}>
          {words.form.tags}
        </Input.Label>
        <Group gap={6}>
          {tags.slice(0, offered).map((tag) => (
            <Button
              key={tag}
              size="compact-xs"
              variant="default"
              aria-label={words.form.insert(tag)}
              onClick={() => {
                onInsert(tag);
              }}
            >
              {tag}
            </Button>
          ))}
        </Group>
      </div>
    )
  );
};
