/** What an interview would send and make, for every party, without doing anything. */
import type { Plan, PlannedEvent } from '#core/interview/model.ts';
import { neededSessions, type NeededSession } from '#core/interview/sessions.ts';
import { speakerOf } from '#core/interview/texts.ts';
import { audienceOf } from '#core/interview/things.ts';
import { want } from '#core/interview/want.ts';
import { withItinerary, type MailContent } from '#core/interview/want-mails.ts';
import type { Context } from '#core/template/facts.ts';
import { marking, type Mark, unmark } from '#core/template/marks.ts';
import type { InterviewRow } from '#store/interviews.ts';
import { gatherScene } from './gather-scene.ts';
import type { Hub } from './hub.ts';
import type { Planned } from './plan-interview.ts';

export interface PreviewedMail {
  audience: 'candidate' | 'interviewers';
  to: { name: string; address: string } | null;
  subject: string;
  text: string;
  html: string;
  /** Where variables' values stand in subject and text. */
  marks: { subject: Mark[]; text: Mark[] };
  /** Of an invite: when, where and with whom. */
  invite: { start: number; end: number; location: string; attendees: string[] } | null;
}

export interface PreviewedInterview {
  mails: PreviewedMail[];
  /** All events, one row each, as either audience reads it. */
  itinerary: { candidate: string; interviewers: string };
  /** "3 CodeSignal sessions" */
  creates: string[];
  /** Empty variables, each with the sentence that it leaves behind. */
  warnings: Array<{ variable: string; sentence: string; context: Context }>;
}

/** `row` need not be stored: an unsaved plan is previewed as if it were. */
export const previewInterview = async (
  hub: Hub,
  row: InterviewRow,
): Promise<PreviewedInterview> => {
  const { scene } = await gatherScene(hub, hub.db, row);
  const speaker = speakerOf(scene);
  const { plan } = scene;
  const marked = { ...scene, registry: marking(scene.registry) };
  const mails = want(marked).flatMap(({ kind, thing, content }): PreviewedMail[] => {
    if (kind !== 'mail') return [];
    const { to, html, invite, ...said } = content as MailContent;
    const subject = unmark(said.subject);
    const text = unmark(said.text);
    return [
      {
        audience: audienceOf(thing) ?? 'interviewers',
        to,
        subject: subject.text,
        text: text.text,
        html: unmark(html).text,
        marks: { subject: subject.marks, text: text.marks },
        invite: invite && {
          start: invite.start,
          end: invite.end,
          location: invite.location,
          attendees: invite.attendees.map(({ address }) => address),
        },
      },
    ];
  });
  const made = Map.groupBy(neededSessions(scene), ({ connectionId, kind, choiceId }) =>
    JSON.stringify([connectionId, kind, choiceId]),
  );
  const texts: Array<[text: string, context: Context, event?: PlannedEvent]> = [
    ...(plan.texts.candidateMail
      ? ([[plan.texts.candidateMail.subject, 'candidate_mail'], [plan.texts.candidateMail.body, 'candidate_mail']] as Array<[string, Context]>)
      : []),
    ...(plan.texts.candidateInvite
      ? ([[plan.texts.candidateInvite.title, 'candidate_invite'], [withItinerary(plan.texts.candidateInvite.body), 'candidate_invite']] as Array<[string, Context]>)
      : []),
    ...plan.events.flatMap((event): Array<[string, Context, PlannedEvent]> => {
      const { title, body } = event.interviewerInvite ?? plan.texts.interviewerInvite;
      return [
        [title, 'interviewer_invite', event],
        [body, 'interviewer_invite', event],
      ];
    }),
  ];
  const warnings = texts.flatMap(([text, context, event]) =>
    speaker
      .say(text, context, 'plain', event ? { event } : {})
      .empty.map((one) => ({ ...one, context })),
  );
  const itinerary = (context: Context): string =>
    speaker.say('$Interview.Itinerary', context, 'plain').text;
  return {
    mails,
    itinerary: {
      candidate: itinerary('candidate_mail'),
      interviewers: itinerary('interviewer_invite'),
    },
    creates: [...made.values()].map((alike) => told(alike, plan)),
    warnings: [...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()],
  };
}; // prettier-ignore

/** "3 CodeSignal sessions from the template “System design”". */
const told = (alike: readonly NeededSession[], plan: Plan): string => {
  const [first] = alike;
  if (!first) return '';
  const noun = first.kind === 'assessment' ? 'test' : 'session';
  const name = [plan, ...plan.events]
    .flatMap(({ coding = [] }) => coding)
    .find(({ connectionId, id }) => connectionId === first.connectionId && id === first.choiceId)?.name;
  return [
    String(alike.length),
    first.platform,
    alike.length === 1 ? noun : `${noun}s`,
    ...(name ? [noun === 'test' ? `“${name}”` : `from the template “${name}”`] : []),
  ].join(' ');
}; // prettier-ignore

/** A plan as if it had been stored, for its preview. */
export const asIfStored = (
  planned: Planned,
  about: { connectionId: string; candidateId: string; state: 'hold' | 'confirmed' },
  now: number,
): InterviewRow => ({
  id: 'iv_preview',
  revision: 0,
  state: about.state,
  connection_id: about.connectionId,
  candidate_id: about.candidateId,
  template_id: null,
  plan: planned.plan,
  starts_at: null,
  ends_at: null,
  reason: null,
  notify: ['candidate', 'interviewers'],
  flag: null,
  organizers: [],
  look_at: null,
  link_wait_until: null,
  send_at: null,
  created_at: now,
  updated_at: now,
});
