/** A template as a form, with what its mails and invites would be beside it. */
import { Grid } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { Form, type Once, useSave } from '../../parts/form.tsx';
import { beneath, companyQuery, defaultsQuery } from '../../parts/layer/below.ts';
import { accountsQuery, onlyOf } from '../../parts/choices.ts';
import { LayerFields } from '../../parts/layer/layer-fields.tsx';
import type { Held } from '../../parts/meanwhile/held.ts';
import { layerFieldsOf } from '../../parts/layer/layer-form.ts';
import type { Below, Layer, Place } from '../../parts/layer/layers.ts';
import { words as layerWords } from '../../parts/layer/words.ts';
import { Loading } from '../../parts/loading.tsx';
import { ProblemNote } from '../../parts/problem-note.tsx';
import { Unsaved } from '../../parts/unsaved.tsx';
import { Preview } from './preview.tsx';
import { type Template, templateQuery, type TemplateValues, valuesOf } from './queries.ts';
import { TemplateBasics } from './template-basics.tsx';
import classes from './template-form.module.css';

interface Props {
  /** Null: it is made here. */
  id: string | null;
  initial: TemplateValues;
  send: (values: TemplateValues, once: Once) => Promise<Template>;
  saved: (template: Template) => unknown;
  submit: string;
  /** Left out: it is made here. */
  held?: Held<Template, TemplateValues>;
}

export const TemplateForm = (props: Props) => {
  const defaults = useQuery(defaultsQuery);
  const company = useQuery(companyQuery);
  const error = defaults.error ?? company.error;
  if (error) return <ProblemNote error={error} retry={() => void company.refetch()} />;
  if (!defaults.data || !company.data) return <Loading />;
  const companyLayer = { name: layerWords.company, layer: company.data.layer ?? {} };
  return (
    <Filled
      {...props}
      defaults={defaults.data}
      company={companyLayer}
      places={company.data.places}
    />
  );
};

const Filled = ({
  id,
  initial,
  send,
  saved,
  submit,
  held,
  defaults,
  company,
  places,
}: Props & { defaults: Layer; company: Below; places: readonly Place[] }) => {
  const may = useMay();
  const form = useForm<TemplateValues>({ initialValues: initial });
  const { parentId, connectionId, layer } = form.getValues();
  const base = useQuery({ ...templateQuery(parentId ?? ''), enabled: parentId !== null });
  const connections = useQuery(accountsQuery);
  const save = useSave(form, {
    send,
    saved: async (template) => {
      // As it was saved: names in their own spelling.
      const now = valuesOf(template);
      form.resetDirty(now);
      form.setValues(now);
      held?.hold(template);
      await saved(template);
    },
  });
  const ats = (connections.data ?? []).filter(({ role }) => role === 'ats');
  const below = beneath(
    defaults,
    company,
    parentId !== null && base.data ? { name: base.data.name, layer: base.data.layer ?? {} } : null,
  );
  const fields = (
    <LayerFields
      {...layerFieldsOf(form)}
      below={below}
      mayChange={may('templates.manage')}
      atsId={connectionId ?? onlyOf(ats)}
      places={places}
    />
  );
  return (
    <Grid gap="xl">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        {may('templates.manage') ? (
          <Form form={form} save={save} submit={submit} {...(held && { held })}>
            <TemplateBasics id={id} form={form} />
            {fields}
          </Form>
        ) : (
          fields
        )}
      </Grid.Col>
      {may('interviews.schedule') && (
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <div className={classes.aside}>
            <Preview layers={[...below.map((one) => one.layer), layer]} />
          </div>
        </Grid.Col>
      )}
      <Unsaved isDirty={may('templates.manage') && form.isDirty()} />
    </Grid>
  );
};
