/** What a preview tells, by who reads it: one party for each text that differs. */
import type { Schemas } from '../../hub/client.ts';

export type Preview = Schemas['InterviewPreview'];
type Mail = Preview['mails'][number];
export type Mark = Mail['marks']['text'][number];

export interface Party {
  kind: 'candidate_mail' | 'candidate_invite' | 'interviewer_invite';
  mail: Mail;
  /** All who get these very words. */
  readers: Array<NonNullable<Mail['to']>>;
}

const kindOf = ({ audience, invite }: Mail): Party['kind'] => {
  if (audience === 'interviewers') return 'interviewer_invite';
  return invite ? 'candidate_invite' : 'candidate_mail';
};

const order: ReadonlyArray<Party['kind']> = [
  'candidate_mail',
  'candidate_invite',
  'interviewer_invite',
];

export const partiesOf = ({ mails }: Preview): Party[] => {
  const same = Map.groupBy(mails, (mail) =>
    JSON.stringify([kindOf(mail), mail.subject, mail.text, mail.invite?.start]),
  );
  const parties = [...same.values()].flatMap((alike): Party[] => {
    const [mail] = alike;
    if (!mail) return [];
    return [{ kind: kindOf(mail), mail, readers: alike.flatMap(({ to }) => to ?? []) }];
  });
  return parties.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
};

export interface Stretch {
  text: string;
  /** What it stands for; null: it is written in the template. */
  variable: string | null;
}

/** A text in stretches, so that its variables can be told from its words. */
export const stretchesOf = (text: string, marks: readonly Mark[]): Stretch[] => {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const { from, to, variable } of marks) {
    if (from > done) stretches.push({ text: text.slice(done, from), variable: null });
    stretches.push({ text: text.slice(from, to), variable });
    done = to;
  }
  if (done < text.length) stretches.push({ text: text.slice(done), variable: null });
  return stretches;
};
