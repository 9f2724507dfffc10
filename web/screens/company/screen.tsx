/** *Settings → Scheduling defaults*: the company, and what holds where no template says otherwise. */
import { SimpleGrid, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { beneath, companyQuery, defaultsQuery } from '../../parts/layer/below.ts';
import { connectionsQuery } from '../../parts/layer/choices.ts';
import { LayerFields } from '../../parts/layer/layer-fields.tsx';
import { layerFieldsOf } from '../../parts/layer/layer-form.ts';
import { givenLayer, type Layer } from '../../parts/layer/layers.ts';
import { Section } from '../../parts/layer/section.tsx';
import { WholeInput } from '../../parts/layer/whole-input.tsx';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Unsaved } from '../../parts/unsaved.tsx';
import { words } from './words.ts';

type Company = Schemas['Company'];
type Values = Company & { layer: Layer };

const valuesOf = (company: Company): Values => ({
  ...company,
  layer: givenLayer(company.layer ?? {}),
});

export const Screen = () => {
  const company = useQuery(companyQuery);
  const defaults = useQuery(defaultsQuery);
  const error = company.error ?? defaults.error;
  return (
    <Frame title={words.title} lead={words.lead}>
      {error && !company.data ? (
        <ProblemNote error={error} retry={() => void company.refetch()} />
      ) : company.data && defaults.data ? (
        <CompanyForm company={company.data} defaults={defaults.data} />
      ) : (
        <Loading />
      )}
    </Frame>
  );
};

const CompanyForm = ({ company, defaults }: { company: Company; defaults: Layer }) => {
  const queries = useQueryClient();
  const form = useForm<Values>({ initialValues: valuesOf(company) });
  const ats = (useQuery(connectionsQuery).data ?? []).filter(({ role }) => role === 'ats');
  const save = useSave(form, {
    send: (body) => got(api.PUT('/api/v1/company', { body })),
    saved: (now) => {
      // As it was saved: names in their own spelling.
      form.setInitialValues(valuesOf(now));
      form.setValues(valuesOf(now));
      queries.setQueryData(companyQuery.queryKey, now);
      tell.done(words.saved);
    },
  });
  const { organizer } = form.getValues();
  return (
    <Stack maw="52rem">
      <Form form={form} save={save} submit={words.save}>
        <Section title={words.company}>
          <SimpleGrid cols={{ base: 1, sm: 2 }} mt="xs">
            <TextInput
              label={words.name}
              description={words.nameHint}
              {...form.getInputProps('name')}
            />
            <WholeInput
              label={words.undo}
              description={words.undoHint}
              max={60}
              value={form.getValues().undoSeconds}
              error={form.errors['undoSeconds']}
              data-path="undoSeconds"
              onChange={(seconds) => {
                form.setFieldValue('undoSeconds', seconds ?? 0);
              }}
            />
            <TextInput label={words.website} type="url" {...form.getInputProps('website')} />
            <TextInput label={words.phone} type="tel" {...form.getInputProps('phone')} />
          </SimpleGrid>
        </Section>
        <Section title={words.organizer} hint={words.organizerHint}>
          <Switch
            mt="xs"
            label={words.organizerSwitch}
            checked={organizer !== null}
            onChange={({ currentTarget }) => {
              const named = currentTarget.checked ? { name: '', address: '' } : null;
              form.setFieldValue('organizer', named);
            }}
          />
          {organizer !== null && (
            <SimpleGrid cols={{ base: 1, sm: 2 }} mt="sm">
              <TextInput
                label={words.organizerName}
                required
                {...form.getInputProps('organizer.name')}
              />
              <TextInput
                label={words.organizerAddress}
                type="email"
                required
                {...form.getInputProps('organizer.address')}
              />
            </SimpleGrid>
          )}
        </Section>
        <LayerFields
          {...layerFieldsOf(form)}
          below={beneath(defaults)}
          mayChange
          atsId={ats.length === 1 ? (ats[0]?.id ?? null) : null}
        />
      </Form>
      <Unsaved isDirty={form.isDirty()} />
    </Stack>
  );
};
