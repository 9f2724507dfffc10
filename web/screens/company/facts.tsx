/** The company itself, as texts and the candidate's page tell of it. */
import { SimpleGrid, TextInput } from '@mantine/core';
import { Section } from '../../parts/layer/section.tsx';
import { WholeInput } from '../../parts/layer/whole-input.tsx';
import type { CompanyFields } from './values.ts';
import { words } from './words.ts';

export const Facts = ({ form }: { form: CompanyFields }) => {
  const { undoSeconds, linksOpenMinutes } = form.getValues();
  const count = (name: 'undoSeconds' | 'linksOpenMinutes') => ({
    error: form.errors[name],
    'data-path': name,
  });
  return (
    <>
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
            value={undoSeconds}
            {...count('undoSeconds')}
            onChange={(seconds) => {
              form.setFieldValue('undoSeconds', seconds ?? 0);
            }}
          />
          <TextInput label={words.website} type="url" {...form.getInputProps('website')} />
          <TextInput label={words.phone} type="tel" {...form.getInputProps('phone')} />
          <TextInput
            label={words.careers}
            description={words.careersHint}
            type="url"
            {...form.getInputProps('careersLink')}
          />
        </SimpleGrid>
      </Section>
      <Section title={words.page} hint={words.pageHint}>
        <WholeInput
          label={words.linksOpen}
          description={words.linksOpenHint}
          placeholder={words.linksOpenAtOnce}
          max={10_080}
          step={5}
          value={linksOpenMinutes}
          {...count('linksOpenMinutes')}
          onChange={(minutes) => {
            form.clearFieldError('linksOpenMinutes');
            form.setFieldValue('linksOpenMinutes', minutes);
          }}
        />
      </Section>
    </>
  );
};
