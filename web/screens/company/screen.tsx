/** *Settings → Scheduling defaults*: the company, and what holds where no template says otherwise. */
import { Stack } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { api, got } from '../../hub/client.ts';
import { Form, useSave } from '../../parts/form.tsx';
import { beneath, companyQuery, defaultsQuery } from '../../parts/layer/below.ts';
import { accountsQuery, onlyOf } from '../../parts/choices.ts';
import { LayerFields } from '../../parts/layer/layer-fields.tsx';
import { joinLayer, layerFieldsOf, splitLayer } from '../../parts/layer/layer-form.ts';
import type { Layer } from '../../parts/layer/layers.ts';
import { Loading } from '../../parts/loading.tsx';
import { useHeld } from '../../parts/meanwhile/held.ts';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Screen as Frame } from '../../parts/screen.tsx';
import { tell } from '../../parts/tell.ts';
import { Unsaved } from '../../parts/unsaved.tsx';
import { Facts } from './facts.tsx';
import { Organizer } from './organizer.tsx';
import { Places } from './places.tsx';
import { type Company, labels, type Values, valuesOf, withIds } from './values.ts';
import { words } from './words.ts';

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
  const ats = (useQuery(accountsQuery).data ?? []).filter(({ role }) => role === 'ats');
  const held = useHeld(company, {
    valuesOf,
    refetch: () => queries.invalidateQueries({ ...companyQuery, exact: true }),
    labels,
    texts: ['name', 'website', 'phone', 'careersLink', 'undoSeconds', 'linksOpenMinutes'],
    split: splitLayer,
    join: (parts) => joinLayer(parts) as unknown as Values,
  });
  const save = useSave(form, {
    send: (values) =>
      got(
        api.PUT('/api/v1/company', {
          body: { ...values, places: withIds(values.places) },
          headers: held.ifMatch(),
        }),
      ),
    // Of no place by itself: it is told above the button.
    fieldOf: (field) => (field === 'places' ? null : field),
    saved: (now) => {
      // As it was saved: names in their own spelling.
      form.resetDirty(valuesOf(now));
      form.setValues(valuesOf(now));
      held.hold(now);
      queries.setQueryData(companyQuery.queryKey, now);
      tell.done(words.saved);
    },
  });
  const layerFields = layerFieldsOf(form);
  return (
    <Stack maw="52rem">
      <Form form={form} save={save} held={held} submit={words.save}>
        <Facts form={form} />
        <Places form={form} say={layerFields.say} />
        <Organizer form={form} />
        <LayerFields
          {...layerFields}
          below={beneath(defaults)}
          mayChange
          atsId={onlyOf(ats)}
          places={form.getValues().places.filter(({ id }) => id !== '')}
        />
      </Form>
      <Unsaved isDirty={form.isDirty()} />
    </Stack>
  );
};
