/** The fields of a person: who it is, and when they interview. */
import {
  Group,
  MultiSelect,
  NumberInput,
  Radio,
  SimpleGrid,
  Stack,
  Switch,
  TagsInput,
  Text,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Account } from '../../parts/choices.ts';
import { DaysOffField } from '../../parts/days-off-field.tsx';
import { type Hours, HoursField } from '../../parts/hours-field.tsx';
import { tagsQuery } from '../../parts/tags.ts';
import { ZoneField } from '../../parts/zone-field.tsx';
import { allHours, noHours, officeHours, type Values } from './values.ts';
import { words } from './words.ts';

type PersonForm = UseFormReturnType<Values>;

const kinds = ['person', 'room'] as const;

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <Stack>
    <Title order={2} size="h5">
      {title}
    </Title>
    {children}
  </Stack>
);

/** Who somebody is, is for others to say: not among one's own fields. */
export const Identity = ({ form, isNew }: { form: PersonForm; isNew: boolean }) => {
  const known = useQuery(tagsQuery).data ?? [];
  const isRoom = form.values.kind === 'room';
  return (
    <Section title={words.form.who}>
      <Radio.Group
        label={words.form.kind}
        {...form.getInputProps('kind')}
        onChange={(kind) => {
          form.setFieldValue('kind', kind as Values['kind']);
          // A room is there whenever it is free.
          if (isNew) form.setFieldValue('hours', kind === 'room' ? allHours : officeHours);
        }}
      >
        <Group mt={6}>
          {kinds.map((kind) => (
            <Radio key={kind} value={kind} label={words.form.kinds[kind]} />
          ))}
        </Group>
      </Radio.Group>
      <TextInput label={words.form.name} required {...form.getInputProps('name')} />
      <TextInput
        label={words.form.email}
        description={isRoom ? words.form.roomEmail : words.form.emailHint}
        type="email"
        required={!isRoom}
        {...form.getInputProps('email')}
      />
      {!isRoom && (
        <>
          <TextInput
            label={words.form.title}
            description={words.form.titleHint}
            {...form.getInputProps('title')}
          />
          <Textarea
            label={words.form.bio}
            description={words.form.bioHint}
            autosize
            minRows={2}
            {...form.getInputProps('bio')}
          />
          <TextInput label={words.form.linkedIn} type="url" {...form.getInputProps('linkedIn')} />
        </>
      )}
      <TagsInput
        label={words.form.tags}
        description={words.form.tagsHint}
        data={known}
        limit={100}
        acceptValueOnBlur
        maxLength={60}
        {...form.getInputProps('tags')}
      />
    </Section>
  );
};

export const Habits = ({ form }: { form: PersonForm }) => {
  const { hours, preferred, daysOff, kind } = form.values;
  const setHours = (path: 'hours' | 'preferred') => (value: Hours) => {
    form.clearFieldError(path);
    form.setFieldValue(path, value);
  };
  return (
    <Section title={words.form.when}>
      <ZoneField label={words.form.zone} required {...form.getInputProps('zone')} />
      <HoursField
        label={words.form.hours}
        description={words.form.hoursHint}
        path="hours"
        nothing={words.form.notWorking}
        value={hours}
        errors={form.errors}
        onChange={setHours('hours')}
      />
      {kind === 'person' && (
        <>
          <Switch
            label={words.form.prefers}
            description={words.form.preferredHint}
            checked={preferred !== null}
            onChange={(event) => {
              form.setFieldValue('preferred', event.currentTarget.checked ? noHours : null);
            }}
          />
          {preferred !== null && (
            <HoursField
              label={words.form.preferred}
              path="preferred"
              nothing={words.form.notPreferred}
              value={preferred}
              errors={form.errors}
              onChange={setHours('preferred')}
            />
          )}
        </>
      )}
      <DaysOffField
        label={words.form.daysOff}
        description={words.form.daysOffHint}
        path="daysOff"
        value={daysOff}
        errors={form.errors}
        onChange={(value) => {
          form.setFieldValue('daysOff', value);
        }}
      />
      {kind === 'person' && <Limits form={form} />}
    </Section>
  );
};

const Limits = ({ form }: { form: PersonForm }) => {
  const number = { allowDecimal: false, allowNegative: false } as const;
  return (
    <Section title={words.form.limits}>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberInput
          label={words.form.perDay}
          placeholder={words.form.noLimit}
          {...number}
          {...form.getInputProps('perDay')}
        />
        <NumberInput
          label={words.form.perWeek}
          placeholder={words.form.noLimit}
          {...number}
          {...form.getInputProps('perWeek')}
        />
        <NumberInput
          label={words.form.before}
          {...number}
          {...form.getInputProps('buffer.before')}
        />
        <NumberInput label={words.form.after} {...number} {...form.getInputProps('buffer.after')} />
      </SimpleGrid>
    </Section>
  );
};

/** Calendars that are connected for the company; one's own secret address is given elsewhere. */
export const Sources = ({ form, accounts }: { form: PersonForm; accounts: readonly Account[] }) => {
  const calendars = accounts.filter(({ role }) => role === 'busy');
  return (
    <Section title={words.form.busy}>
      {calendars.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.form.noCalendars}
        </Text>
      ) : (
        <MultiSelect
          label={words.form.calendars}
          description={words.form.calendarsHint}
          data={calendars.map(({ id, name }) => ({ value: id, label: name }))}
          limit={100}
          searchable
          {...form.getInputProps('busySources')}
        />
      )}
    </Section>
  );
};
