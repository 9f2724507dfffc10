/** Scheduling as a story does it: people, interviews, and the mails that everybody gets. */
import { quietOf, type Asked, type Effect } from './hub-side.ts';
import { until } from './world.ts';

export interface Interview {
  id: string;
  revision: number;
  state: string;
  flag: string | null;
  mail: string;
  events: Array<{
    id: string;
    name: string;
    start: string;
    seats: Array<{ personId: string; name: string; why: string }>;
  }>;
  effects: Array<Effect & { key: string }>;
  /** Of what was only to be foreseen. */
  foreseen?: {
    told: Array<{ name: string; acts: string[] }>;
    outside: Array<{ kind: string; act: string }>;
  } | null;
}

export interface Mail {
  id: string;
  to: string;
  subject: string;
  state: string;
  text: string;
  html: string;
  calendar: { method: string; content: string } | null;
}

const hour = 3_600_000;

/** A property of the invite, unfolded. */
export const field = (mail: Mail, name: string): string => {
  const content = mail.calendar?.content.replaceAll('\r\n ', '') ?? '';
  return new RegExp(`^${name}[:;](.*)$`, 'm').exec(content)?.[1]?.trim() ?? '';
};

export const linksIn = (text: string): string[] => text.match(/https?:\/\/[^\s<>"]+/g) ?? [];

export const seat = (personId: string, more: Record<string, unknown> = {}) => ({
  from: { kind: 'people', personIds: [personId] },
  ...more,
});

export const panelOf = (world: Asked) => {
  /** Ten o'clock in UTC, three days from now. */
  const base = Math.floor(Date.now() / (24 * hour)) * 24 * hour + 82 * hour;
  return {
    at: (hours: number): string => new Date(base + hours * hour).toISOString(),

    /** Somebody with an address of that name, free at any hour unless `change` says otherwise. */
    async person(name: string, change: Record<string, unknown> = {}): Promise<string> {
      const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
      const { id } = await world.api.post<{ id: string }>('/people', {
        name,
        email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
        zone: 'Europe/Berlin',
        hours: Object.fromEntries(days.map((day) => [day, [{ from: '00:00', to: '24:00' }]])),
        ...change,
      });
      return id;
    },

    schedule: (body: Record<string, unknown>) => world.api.post<Interview>('/interviews', body),

    act: (id: string, what: string, body: Record<string, unknown> = {}) =>
      world.api.post<Interview>(`/interviews/${id}/${what}`, body),

    /** Until everything outside is as it is planned. */
    settled: (id: string) =>
      until('the interview is in step', async () => {
        await quietOf(world);
        const interview = await world.api.get<Interview>(`/interviews/${id}`);
        const { effects } = interview;
        const rests = effects.every(({ state }) => state === 'done' || state === 'skipped');
        return effects.length > 0 && rests && interview;
      }),

    /** Oldest first. */
    async mails(interviewId: string): Promise<Mail[]> {
      const { items } = await world.api.get<{ items: Mail[] }>(
        `/mails?interviewId=${interviewId}&limit=100`,
      );
      const whole = await Promise.all(
        items.map(async (mail) => ({
          ...mail,
          ...(await world.api.get<Mail>(`/mails/${mail.id}`)),
        })),
      );
      return whole.reverse();
    },
  };
};
