/** The texts for each who reads them, in the editor that knows the variables. */
import { Stack, Switch, Text, VisuallyHidden } from '@mantine/core';
import { useState } from 'react';
import { VariableText } from '../variable-text/variable-text.tsx';
import type { Audience } from '../variable-text/variables.ts';
import classes from './layer.module.css';
import { saidOf, type Settled, settled } from './layers.ts';
import { Section } from './section.tsx';
import { errorAt, useScope } from './scope.ts';
import { Setting } from './setting.tsx';
import { words } from './words.ts';

const { texts } = words;

const Told = ({ head, body }: { head: string; body: string }) => (
  <div className={classes.text}>
    <strong>{head}</strong>
    {'\n'}
    {body}
  </div>
);

interface Titled {
  title: string;
  body: string;
}

interface Mail {
  subject: string;
  body: string;
}

export const Texts = () => (
  <Section title={texts.title} hint={texts.hint}>
    <Setting
      name="texts.candidateMail"
      label={texts.candidateMail}
      show={(mail) =>
        mail === null ? texts.noMail : <Told head={mail.subject} body={mail.body} />
      }
    >
      {({ value, onChange }) => (
        <Stack gap="xs">
          <SentSwitch name="texts.candidateMail" />
          {value && <CandidateMail value={value} onChange={onChange} />}
        </Stack>
      )}
    </Setting>
    <Setting
      name="texts.candidateInvite"
      label={texts.candidateInvite}
      show={(invite) =>
        invite === null ? texts.noInvite : <Told head={invite.title} body={invite.body} />
      }
    >
      {({ value, onChange }) => (
        <Stack gap="xs">
          <SentSwitch name="texts.candidateInvite" />
          {value && <CandidateInvite value={value} onChange={onChange} />}
        </Stack>
      )}
    </Setting>
    <Setting
      name="texts.interviewerInvite"
      label={texts.interviewerInvite}
      show={(invite) => <Told head={invite.title} body={invite.body} />}
    >
      {({ value, onChange }) => (
        <InterviewerInvite path="layer.texts.interviewerInvite" value={value} onChange={onChange} />
      )}
    </Setting>
    <Setting
      name="texts.itinerary"
      label={texts.itinerary}
      hint={texts.itineraryHint}
      show={(row) => <div className={classes.text}>{row}</div>}
    >
      {(field) => (
        <VariableText
          label={texts.itinerary}
          description={texts.itineraryHint}
          audience="itinerary"
          multiline
          {...field}
        />
      )}
    </Setting>
  </Section>
);

export const CandidateMail = (field: { value: Mail; onChange: (value: Mail) => void }) => (
  <Parts
    whole={texts.candidateMail}
    audience="candidate_mail"
    path="layer.texts.candidateMail"
    head="subject"
    {...field}
  />
);

export const CandidateInvite = (field: { value: Titled; onChange: (value: Titled) => void }) => (
  <Parts
    whole={texts.candidateInvite}
    audience="candidate_invite"
    path="layer.texts.candidateInvite"
    head="title"
    {...field}
  />
);

/** The invite of an event, wherever it is said. */
export const InterviewerInvite = (field: {
  path: string;
  value: Titled;
  onChange: (value: Titled) => void;
}) => (
  <Parts whole={texts.interviewerInvite} audience="interviewer_invite" head="title" {...field} />
);

type NeedNotBe = 'texts.candidateMail' | 'texts.candidateInvite';

/** Whether a text is sent at all. Switched on, it begins as it was, or with the nearest one beneath. */
export const SentSwitch = ({ name }: { name: NeedNotBe }) => {
  const { layer, below, say } = useScope();
  const [kept, setKept] = useState<Settled[NeedNotBe]>(null);
  const layers = below.map((one) => one.layer);
  const value = settled([...layers, layer])[name];
  const nearest = layers.map((one) => saidOf(one)[name]).findLast(Boolean);
  return (
    <Switch
      label={texts.send[name]}
      checked={value !== null}
      onChange={({ currentTarget }) => {
        setKept(value);
        say(name, currentTarget.checked ? (kept ?? nearest) : null);
      }}
    />
  );
};

/** Head and body of a mail or an invite. */
const Parts = <Head extends 'subject' | 'title'>({
  whole,
  audience,
  path,
  head,
  value,
  onChange,
}: {
  whole: string;
  audience: Audience;
  path: string;
  head: Head;
  value: Record<Head | 'body', string>;
  onChange: (value: Record<Head | 'body', string>) => void;
}) => {
  const scope = useScope();
  const part = (name: Head | 'body') => ({
    value: value[name],
    audience,
    error: errorAt(scope, `${path}.${name}`),
    'data-path': `${path}.${name}`,
    onChange: (text: string) => {
      onChange({ ...value, [name]: text });
    },
  });
  return (
    <Stack gap="xs">
      <Text size="sm" fw={600}>
        {whole}
      </Text>
      <VariableText
        label={<Of part={head === 'subject' ? texts.subject : texts.inviteTitle} whole={whole} />}
        required
        {...part(head)}
      />
      <VariableText label={<Of part={texts.body} whole={whole} />} multiline {...part('body')} />
    </Stack>
  );
};

/** Who cannot see what it stands under hears it. */
const Of = ({ part, whole }: { part: string; whole: string }) => (
  <>
    {part}
    <VisuallyHidden> {texts.ofWhole(whole)}</VisuallyHidden>
  </>
);
