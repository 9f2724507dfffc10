/** What the interview is called, and where it takes place. */
import { Input, SegmentedControl, Select, TextInput } from '@mantine/core';
import { ZoneField } from '../zone-field.tsx';
import { useScope } from './scope.ts';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { basics } = words;

export const Basics = () => (
  <Section title={basics.title}>
    <BasicSettings />
  </Section>
);

/** The same without a frame. */
export const BasicSettings = () => (
  <>
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
    <PlaceSetting />
    <Setting name="zone" label={basics.zone} hint={basics.zoneHint} show={(zone) => zone}>
      {({ onChange, ...field }) => (
        <ZoneField
          label={basics.zone}
          description={basics.zoneHint}
          {...field}
          onChange={(zone) => {
            if (zone !== null) onChange(zone);
          }}
        />
      )}
    </Setting>
  </>
);

const PlaceSetting = () => {
  const { places } = useScope();
  const nameOf = (id: string): string => places.find((one) => one.id === id)?.name ?? basics.gone;
  return (
    <Setting
      name="placeId"
      label={basics.place}
      hint={basics.placeHint}
      show={(id) => (id === null ? basics.noPlace : nameOf(id))}
    >
      {(field) => (
        <Select
          label={basics.place}
          description={basics.placeHint}
          placeholder={places.length === 0 ? basics.noPlaces : basics.noPlace}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': words.none }}
          nothingFoundMessage={basics.noPlaceFits}
          data={[
            ...places.map(({ id, name }) => ({ value: id, label: name })),
            ...(field.value === null || places.some(({ id }) => id === field.value)
              ? []
              : [{ value: field.value, label: basics.gone }]),
          ]}
          {...field}
        />
      )}
    </Setting>
  );
};
