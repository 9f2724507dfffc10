/** Whose name invites carry where no mail server says otherwise. */
import { SimpleGrid, Switch, TextInput } from '@mantine/core';
import { Section } from '../../parts/layer/section.tsx';
import type { CompanyFields } from './values.ts';
import { words } from './words.ts';

export const Organizer = ({ form }: { form: CompanyFields }) => {
  const { organizer } = form.getValues();
  return (
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
  );
};
