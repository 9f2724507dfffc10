/** The text that a party gets, changed for this interview alone; what it makes of it stands above. */
import { Button, Group, Stack } from '@mantine/core';
import { settled } from '../../parts/layer/layers.ts';
import { useScope } from '../../parts/layer/scope.ts';
import { CandidateInvite, CandidateMail, InterviewerInvite } from '../../parts/layer/texts.tsx';
import type { Party } from '../../parts/party-preview/parties.ts';
import type { Arrangement, Plan } from './plan.ts';
import { words } from './words.ts';

export const PartyText = ({
  party,
  isOpen,
  onOpen,
  ...about
}: {
  party: Party;
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
  plan,
  events,
  onPlan,
}: Omit<Parameters<typeof PartyText>[0], 'isOpen' | 'onOpen'>) => {
  const { layer, below, say } = useScope();
  const {
    'texts.candidateMail': candidateMail,
    'texts.candidateInvite': candidateInvite,
    'texts.interviewerInvite': interviewerInvite,
  } = settled([...below.map((one) => one.layer), layer]);
  if (kind === 'candidate_mail')
    return (
      candidateMail && (
        <CandidateMail
          value={candidateMail}
          onChange={(text) => {
            say('texts.candidateMail', text);
          }}
        />
      )
    );
  if (kind === 'candidate_invite')
    return (
      candidateInvite && (
        <CandidateInvite
          value={candidateInvite}
          onChange={(text) => {
            say('texts.candidateInvite', text);
          }}
        />
      )
    );
  // An event may have a text of its own for whoever sits in it.
  const start = Date.parse(mail.invite?.start ?? '');
  const place = events.findIndex((one) => Date.parse(one.start) === start);
  const event = plan.events[place];
  const own = event?.interviewerInvite ?? null;
  return (
    <InterviewerInvite
      path={`events.${String(place)}.interviewerInvite`}
      value={own ?? interviewerInvite}
      onChange={(text) => {
        if (event === undefined || own === null) say('texts.interviewerInvite', text);
        else onPlan({ ...plan, events: plan.events.with(place, { ...event, interviewerInvite: text }) });
      }}
    />
  );
}; // prettier-ignore
