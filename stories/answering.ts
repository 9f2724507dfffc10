/** Somebody who was invited answers by mail: the interview, the mail, and what the hub shows of it. */
import assert from 'node:assert/strict';
import { hubOf } from './hub-side.ts';
import { applyAtLever, joinLever } from './newcomers.ts';
import { field, panelOf, seat } from './panel.ts';
import { leverOf } from './vendors.ts';
import type { World } from './world.ts';

export const alansAddress = 'alan.turing@example.com';

export interface Answering {
  interviewId: string;
  /** A mail whose calendar object says so; by Alan unless `change` says otherwise. */
  mail(status: string, change?: { from?: string; stamp?: string; method?: string }): string;
  /** What is shown of Alan. */
  answered(): Promise<string | undefined>;
}

let mails = 0;

/** Invites Alan to an interview. */
export const startAnswering = async (world: World): Promise<Answering> => {
  const panel = panelOf(world);
  await joinLever(world, 'Alan Turing');
  const connectionId = await hubOf(world).connect('lever');
  const [posting] = await leverOf(world).postings();
  const alan = await panel.person('Alan Turing');
  const candidate = await applyAtLever(world, 'Ada Answered', { posting: posting?.id ?? '' });
  const { id } = await panel.schedule({
    connectionId,
    candidateId: candidate.id,
    state: 'hold',
    layer: { texts: { candidateMail: null }, confirmHolds: true },
    events: [{ name: 'Design', minutes: 60, start: panel.at(24), seats: [seat(alan)] }],
  });
  await panel.settled(id);
  const invite = (await panel.mails(id)).find(({ to }) => to === alansAddress);
  assert.ok(invite);
  const uid = field(invite, 'UID');
  return {
    interviewId: id,
    mail(status, { from = alansAddress, stamp = '20300101T100000Z', method = 'REPLY' } = {}) {
      mails += 1;
      return [
        `From: ${from}`,
        `Message-ID: <answer-${String(mails)}@example.com>`,
        'MIME-Version: 1.0',
        `Content-Type: text/calendar; method=${method}; charset=utf-8`,
        '',
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Somebody//Mail//EN',
        `METHOD:${method}`,
        'BEGIN:VEVENT',
        `UID:${uid}`,
        `DTSTAMP:${stamp}`,
        'SEQUENCE:0',
        `ATTENDEE;PARTSTAT=${status}:mailto:${from}`,
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n');
    },
    async answered() {
      const { events } = await world.api.get<{
        events: Array<{ seats: Array<{ rsvp: string }> }>;
      }>(`/interviews/${id}`);
      return events[0]?.seats[0]?.rsvp;
    },
  };
};
