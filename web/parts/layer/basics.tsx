/** What the interview is called, and where it takes place. */
import { Input, SegmentedControl, Select, TextInput } from '@mantine/core';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { basics } = words;
const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

export const Basics = () => (
  <Section title={basics.title}>
    <Setting name="interviewName" label={basics.name} show={(name) => name}>
      {({ onChange, ...field }) => (
        <TextInput
          label={basics.name}
          description={basics.nameHint}
          required
          {...field}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value);
          }}
        />
      )}
    </Setting>
    <Setting
      name="remote"
      label={basics.remote}
      show={(remote) => (remote ? basics.remotes.remote : basics.remotes.onsite)}
    >
      {({ value, onChange, error }) => (
        <Input.Wrapper label={basics.remote} labelElement="div" error={error}>
          <div>
            <SegmentedControl
              aria-label={basics.remote}
              data={Object.entries(basics.remotes).map(([key, label]) => ({ value: key, label }))}
              value={value ? 'remote' : 'onsite'}
              onChange={(where) => {
                onChange(where === 'remote');
              }}
            />
          </div>
        </Input.Wrapper>
      )}
    </Setting>
    <Setting name="zone" label={basics.zone} hint={basics.zoneHint} show={(zone) => zone}>
      {({ value, onChange, ...field }) => (
        <Select
          label={basics.zone}
          description={basics.zoneHint}
          searchable
          allowDeselect={false}
          data={zones.includes(value) ? zones : [value, ...zones]}
          limit={60}
          value={value}
          {...field}
          onChange={(zone) => {
            if (zone !== null) onChange(zone);
          }}
        />
      )}
    </Setting>
  </Section>
);
