/** Writing 1,000 invites as calendar text, against `ical-generator` given the same events. */
import { parseArgs } from 'node:util';
import ical, { ICalAttendeeRole, ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { serializeInvite, type Invite } from '#core/calendar/invite.ts';
import type { Bench, Figure } from './report.ts';

const invites = (): Invite[] =>
  Array.from({ length: 1_000 }, (_, index) => ({
    uid: `iv_${String(index)}@loopwright`,
    sequence: index % 5,
    stamp: Date.UTC(2026, 0, 1),
    start: Date.UTC(2026, 2, 2, 9) + index * 3_600_000,
    end: Date.UTC(2026, 2, 2, 10) + index * 3_600_000,
    title: `Système design with candidate ${String(index)}, round; two`,
    description: `Open https://code.example/s/${String(index)}\nYour feedback: https://ats.example/f/${String(index)}\n`,
    html: null,
    location: 'Video call',
    url: `https://hub.example/interviews/${String(index)}`,
    organizer: { name: 'Interviews', address: 'interviews@company.example' },
    attendees: Array.from({ length: 3 }, (_, seat) => ({
      name: `Interviewer ${String(seat)}`,
      address: `interviewer.${String(seat)}@company.example`,
      required: seat < 2,
    })),
    status: 'CONFIRMED',
    isPrivate: false,
  }));

const ours = (all: readonly Invite[]): number =>
  all.reduce((length, invite) => length + serializeInvite('REQUEST', invite).length, 0);

const theirs = (all: readonly Invite[]): number =>
  all.reduce((length, invite) => {
    const calendar = ical({ method: ICalCalendarMethod.REQUEST });
    const event = calendar.createEvent({
      id: invite.uid,
      sequence: invite.sequence,
      stamp: new Date(invite.stamp),
      start: new Date(invite.start),
      end: new Date(invite.end),
      summary: invite.title,
      description: invite.description,
      location: invite.location,
      url: invite.url,
      organizer: { name: invite.organizer.name, email: invite.organizer.address },
      status: ICalEventStatus.CONFIRMED,
    });
    for (const { name, address, required } of invite.attendees)
      event.createAttendee({
        name,
        email: address,
        role: required ? ICalAttendeeRole.REQ : ICalAttendeeRole.OPT,
        rsvp: true,
      });
    return length + calendar.toString().length;
  }, 0);

const timed = (work: () => number): number => {
  const begin = performance.now();
  if (work() === 0) throw new Error('bench: nothing was written.');
  return performance.now() - begin;
};

export const bench: Bench = {
  name: 'invites',
  summary: '1,000 invites as calendar text, against ical-generator.',
  run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { rounds: { type: 'string', default: '15' } },
    });
    const all = invites();
    timed(() => ours(all));
    timed(() => theirs(all));
    const samples = Array.from({ length: Number(values.rounds) }, () => ({
      own: timed(() => ours(all)),
      peer: timed(() => theirs(all)),
    }));
    const figures: Figure[] = [
      { id: 'own', label: 'this hub', unit: 'ms', samples: samples.map(({ own }) => own) },
      {
        id: 'ical-generator',
        label: 'ical-generator',
        unit: 'ms',
        samples: samples.map(({ peer }) => peer),
      },
      {
        id: 'ratio',
        label: 'times as fast as ical-generator',
        unit: 'x',
        samples: samples.map(({ own, peer }) => peer / own),
        note: 'The texts are the whole work; resolving variables and composing the mail are not in it.',
      },
    ];
    return Promise.resolve(figures);
  },
};
