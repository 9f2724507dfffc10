/** The template itself: its name, what it builds upon, and for whom it is meant. */
import { Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { accountsQuery, optionsOf, useChoices } from '../../parts/choices.ts';
import { Section } from '../../parts/layer/section.tsx';
import { words as common } from '../../parts/layer/words.ts';
import { SearchedSelect } from '../../parts/searched-select.tsx';
import { childrenQuery, templateQuery, type TemplateValues } from './queries.ts';
import { words } from './words.ts';

const clearButtonProps = { 'aria-label': common.none };

export const TemplateBasics = ({
  id,
  form,
}: {
  /** Null: it is made here. */
  id: string | null;
  form: UseFormReturnType<TemplateValues>;
}) => {
  const children = useQuery({ ...childrenQuery(id ?? ''), enabled: id !== null }).data ?? [];
  const connections = useQuery(accountsQuery).data ?? [];
  const { parentId, connectionId, jobId, stageId } = form.getValues();
  const base = useQuery({ ...templateQuery(parentId ?? ''), enabled: parentId !== null });
  const jobs = useChoices(connectionId, 'jobs');
  const stages = useChoices(connectionId, 'stages');
  return (
    <Section title={words.basics}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
        <TextInput
          label={words.name}
          description={words.nameHint}
          required
          {...form.getInputProps('name')}
        />
        {children.length > 0 ? (
          <Text size="sm" c="dimmed">
            {words.isBase(children.length)}
          </Text>
        ) : (
          <SearchedSelect
            label={words.base}
            description={words.baseHint}
            placeholder={words.noBase}
            clearable
            clearButtonProps={clearButtonProps}
            nothingFoundMessage={words.nothingFits}
            chosen={parentId === null ? null : (base.data ?? null)}
            queryKey={['templates', 'bases']}
            load={(query) =>
              got(
                api.GET('/api/v1/templates', { params: { query: { ...query, parentId: 'none' } } }),
              )
            }
            without={id}
            error={form.errors['parentId']}
            onChange={(next) => {
              form.setFieldValue('parentId', next);
            }}
          />
        )}
        <Select
          label={words.ats}
          description={words.atsHint}
          placeholder={words.anyAts}
          clearable
          clearButtonProps={clearButtonProps}
          data={connections
            .filter(({ role }) => role === 'ats')
            .map((one) => ({ value: one.id, label: one.name }))}
          value={connectionId}
          error={form.errors['connectionId']}
          onChange={(next) => {
            // Jobs and stages are those of one account.
            form.setValues({ connectionId: next, jobId: null, stageId: null });
          }}
        />
        {connectionId !== null && (
          <>
            <Select
              label={words.job}
              description={words.jobHint}
              placeholder={words.anyJob}
              searchable
              clearable
              clearButtonProps={clearButtonProps}
              nothingFoundMessage={words.nothingFits}
              data={optionsOf(jobs, jobId)}
              {...form.getInputProps('jobId')}
            />
            <Select
              label={words.stage}
              placeholder={words.anyStage}
              searchable
              clearable
              clearButtonProps={clearButtonProps}
              nothingFoundMessage={words.nothingFits}
              data={optionsOf(stages, stageId)}
              {...form.getInputProps('stageId')}
            />
          </>
        )}
      </SimpleGrid>
    </Section>
  );
};
