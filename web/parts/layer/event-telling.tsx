/** What people hear of an event: how the candidate prepares, and an invite of its own. */
import { Switch, Textarea } from '@mantine/core';
import { memo } from 'react';
import { type EventTemplate, settled } from './layers.ts';
import { errorAt, useScope } from './scope.ts';
import { InterviewerInvite } from './texts.tsx';
import { words } from './words.ts';

const { events } = words;

interface Props {
  path: string;
  internal: boolean;
  prepare: string;
  /** Null: the interview's. */
  invite: EventTemplate['interviewerInvite'];
  onChange: (part: Partial<EventTemplate>) => void;
}

export const EventTelling = memo(({ path, internal, prepare, invite, onChange }: Props) => {
  const scope = useScope();
  return (
    <>
      {!internal && (
        <Textarea
          label={events.prepare}
          description={events.prepareHint}
          autosize
          minRows={1}
          maxLength={2_000}
          value={prepare}
          error={errorAt(scope, `${path}.prepare`)}
          data-path={`${path}.prepare`}
          onChange={({ currentTarget }) => {
            onChange({ prepare: currentTarget.value });
          }}
        />
      )}
      <Switch
        label={events.internal}
        description={events.internalHint}
        checked={internal}
        onChange={({ currentTarget }) => {
          onChange({ internal: currentTarget.checked });
        }}
      />
      <Switch
        label={events.ownInvite}
        description={events.ownInviteHint}
        checked={invite !== null}
        onChange={({ currentTarget }) => {
          const layers = [...scope.below.map(({ layer }) => layer), scope.layer];
          const usual = settled(layers)['texts.interviewerInvite'];
          onChange({ interviewerInvite: currentTarget.checked ? usual : null });
        }}
      />
      {invite && (
        <InterviewerInvite
          path={`${path}.interviewerInvite`}
          value={invite}
          onChange={(interviewerInvite) => {
            onChange({ interviewerInvite });
          }}
        />
      )}
    </>
  );
});
