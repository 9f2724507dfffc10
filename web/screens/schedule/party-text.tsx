/** The text that a party gets, changed for this interview alone; what it makes of it stands above. */
import { Button, Group, Stack } from '@mantine/core';
import type { Party } from '../../parts/party-preview/parties.ts';
import { VariableText } from '../../parts/variable-text/variable-text.tsx';
import { type Arrangement, type Draft, type Plan, settledOf } from './plan.ts';
import { words } from './words.ts';

interface Text {
  head: string;
  body: string;
}

export const PartyText = ({
  party,
  isOpen,
  onOpen,
  ...about
}: {
  party: Party;
  draft: Draft;
  plan: Plan;
  events: Arrangement;
  onPlan: (plan: Plan) => void;
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
}) => {
  const what = words.texts.whose[party.kind];
  return (
    <Stack gap="sm">
      <Group>
        <Button
          size="compact-sm"
          variant={isOpen ? 'filled' : 'light'}
          aria-expanded={isOpen}
          aria-label={isOpen ? words.texts.doneWith(what) : words.texts.changeOf(what)}
          onClick={() => {
            onOpen(!isOpen);
          }}
        >
          {isOpen ? words.texts.done : words.texts.change}
        </Button>
      </Group>
      {isOpen && <Editor party={party} {...about} />}
    </Stack>
  );
};

const Editor = ({
  party: { kind, mail },
  draft,
  plan,
  events,
  onPlan,
}: Omit<Parameters<typeof PartyText>[0], 'isOpen' | 'onOpen'>) => {
  const { texts } = settledOf(draft.settings, plan);
  const layer = (change: Plan['layer']['texts']): void => {
    onPlan({ ...plan, layer: { ...plan.layer, texts: { ...plan.layer.texts, ...change } } });
  };
  // An event may have a text of its own for whoever sits in it.
  const start = Date.parse(mail.invite?.start ?? '');
  const place = kind === 'interviewer_invite' ? events.findIndex((one) => Date.parse(one.start) === start) : -1;
  const own = events[place]?.interviewerInvite ?? null;

  if (kind === 'candidate_mail') {
    const { subject = '', body = '' } = texts.candidateMail ?? {};
    return <Fields audience={kind} headLabel={words.texts.subject} text={{ head: subject, body }} onText={(text) => { layer({ candidateMail: { subject: text.head, body: text.body } }); }} />;
  }
  if (kind === 'candidate_invite') {
    const { title = '', body = '' } = texts.candidateInvite ?? {};
    return <Fields audience={kind} headLabel={words.texts.title} text={{ head: title, body }} onText={(text) => { layer({ candidateInvite: { title: text.head, body: text.body } }); }} />;
  }
  const { title = '', body = '' } = own ?? texts.interviewerInvite ?? {};
  return (
    <Fields
      audience={kind}
      headLabel={words.texts.title}
      text={{ head: title, body }}
      onText={(text) => {
        const changed = { title: text.head, body: text.body };
        if (own === null) layer({ interviewerInvite: changed });
        else onPlan({ ...plan, events: plan.events.map((one, index) => (index === place ? { ...one, interviewerInvite: changed } : one)) });
      }}
    />
  );
}; // prettier-ignore

const Fields = ({
  audience,
  headLabel,
  text,
  onText,
}: {
  audience: Party['kind'];
  headLabel: string;
  text: Text;
  onText: (text: Text) => void;
}) => (
  <Stack gap="sm">
    <VariableText
      label={headLabel}
      audience={audience}
      value={text.head}
      onChange={(head) => {
        onText({ ...text, head });
      }}
    />
    <VariableText
      label={words.texts.body}
      audience={audience}
      multiline
      value={text.body}
      onChange={(body) => {
        onText({ ...text, body });
      }}
    />
  </Stack>
);
