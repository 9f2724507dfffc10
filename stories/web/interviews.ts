/** Interviews as the browser tests of their screens find them: people, a candidate, rooms, invites. */
import { hubOf } from '../hub-side.ts';
import { applyAtLever, joinLever } from '../newcomers.ts';
import { field, panelOf, seat, type Interview } from '../panel.ts';
import { leverOf } from '../vendors.ts';
import type { App } from './app.ts';

export const texts = {
  interviewerInvite: {
    title: '$Event.Name: $Candidate.FullName',
    body: 'Room: $Event.CodeInterview.Live.Link',
  },
  candidateInvite: { title: 'Interview', body: 'Rooms:\n$Event.CodeInterview.Live.Link' },
};

export const interviewsOf = async (app: App) => {
  const hub = hubOf(app.world);
  const panel = panelOf(app.world);
  await joinLever(app.world, 'Alan Turing', 'Edsger Dijkstra', 'Barbara Liskov');
  const connectionId = await hub.connect('lever');
  const platformId = await hub.connect('codeinterview');
  const posting = (await leverOf(app.world).postings())[0]?.id ?? '';
  const alan = await panel.person('Alan Turing');
  const edsger = await panel.person('Edsger Dijkstra');
  const barbara = await panel.person('Barbara Liskov');
  let days = 0;

  /** Each of a day of its own: nobody is in the way of another test. */
  const schedule = async (
    name: string,
    change: Record<string, unknown> = {},
    email = `${name.toLowerCase().replaceAll(' ', '.')}@candidates.example`,
  ) => {
    const candidate = await applyAtLever(app.world, name, { posting, email });
    const start = days * 24;
    days += 1;
    const { id } = await panel.schedule({
      connectionId,
      candidateId: candidate.id,
      candidateZone: 'Asia/Kathmandu',
      layer: { interviewName: 'Onsite', texts },
      events: [
        { name: 'Design', minutes: 60, start: panel.at(start), seats: [seat(alan)] },
        { name: 'Coding', minutes: 60, start: panel.at(start + 1), seats: [seat(edsger)] },
      ],
      ...change,
    });
    return { id, candidate, at: (hours: number) => panel.at(start + hours) };
  };

  /** Somebody says no to the first invite that they got; the hub has to take answers. */
  const decline = async (id: string, name: string): Promise<void> => {
    const mine = (await panel.mails(id)).find(
      ({ to, calendar }) =>
        calendar !== null && to.startsWith(name.toLowerCase().replaceAll(' ', '.')),
    );
    if (!mine) throw new Error(`${name} got no invite`);
    const lines = [
      'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Somebody//Mail//EN', 'METHOD:REPLY', 'BEGIN:VEVENT',
      `UID:${field(mine, 'UID')}`, 'DTSTAMP:20300101T100000Z', 'SEQUENCE:0',
      'ORGANIZER:mailto:interviews@loopwright.invalid', `ATTENDEE;PARTSTAT=DECLINED:mailto:${mine.to}`,
      'END:VEVENT', 'END:VCALENDAR', '',
    ]; // prettier-ignore
    await app.world.api.post('/replies', { from: mine.to, calendar: lines.join('\r\n') });
  };

  const get = (id: string) => app.world.api.get<Interview>(`/interviews/${id}`);

  return { hub, panel, schedule, decline, get, alan, edsger, barbara, connectionId, platformId };
};

export type Interviews = Awaited<ReturnType<typeof interviewsOf>>;
