/** How long texts wait for links, what live links are, and who confirms holds. */
import { Radio, Stack } from '@mantine/core';
import { Section } from './section.tsx';
import { Setting } from './setting.tsx';
import { WholeInput } from './whole-input.tsx';
import { words } from './words.ts';

const { sending, minutes } = words;

export const Sending = () => (
  <Section title={sending.title}>
    <SendingSettings />
  </Section>
);

/** The same without a frame. */
export const SendingSettings = () => (
  <>
    <Setting name="linkWaitMinutes" label={sending.wait} hint={sending.waitHint} show={minutes}>
      {({ onChange, ...field }) => (
        <WholeInput
          label={sending.wait}
          description={sending.waitHint}
          max={1_440}
          {...field}
          onChange={(count) => {
            onChange(count ?? 0);
          }}
        />
      )}
    </Setting>
    <Setting
      name="hubLinks"
      label={sending.hubLinks}
      hint={sending.hubLinksHint}
      show={(own) => (own ? sending.hubLinkChoices.hub : sending.hubLinkChoices.vendor)}
    >
      {({ value, onChange, error }) => (
        <TwoWays
          label={sending.hubLinks}
          description={sending.hubLinksHint}
          error={error}
          yes={sending.hubLinkChoices.hub}
          no={sending.hubLinkChoices.vendor}
          value={value}
          onChange={onChange}
        />
      )}
    </Setting>
    <Setting
      name="confirmHolds"
      label={sending.holds}
      hint={sending.holdsHint}
      show={(alone) => (alone ? sending.holdChoices.byItself : sending.holdChoices.byHand)}
    >
      {({ value, onChange, error }) => (
        <TwoWays
          label={sending.holds}
          description={sending.holdsHint}
          error={error}
          yes={sending.holdChoices.byItself}
          no={sending.holdChoices.byHand}
          value={value}
          onChange={onChange}
        />
      )}
    </Setting>
  </>
);

const TwoWays = ({
  yes,
  no,
  value,
  onChange,
  ...field
}: {
  label: string;
  description: string;
  error: React.ReactNode;
  yes: string;
  no: string;
  value: boolean;
  onChange: (value: boolean) => void;
}) => (
  <Radio.Group
    {...field}
    value={value ? 'yes' : 'no'}
    onChange={(way) => {
      onChange(way === 'yes');
    }}
  >
    <Stack gap={6} mt={6}>
      <Radio value="no" label={no} />
      <Radio value="yes" label={yes} />
    </Stack>
  </Radio.Group>
);
