/** People with a calendar each, as plain JSON. */
import { seeded, seededPerson, seededText } from '#connectors/emulator-data.ts';

export interface Entry {
  uid: string;
  title: string;
  /** On the person's own clock, such as `2026-01-05T09:00`; all-day ones have no time. */
  start: string;
  end: string;
  repeats: 'never' | 'DAILY' | 'WEEKLY';
  shows: 'busy' | 'tentative' | 'free' | 'cancelled';
}

export interface Person {
  /** The secret part of the address. */
  token: string;
  name: string;
  zone: string;
  entries: Entry[];
}

export interface State {
  people: Person[];
}

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata'];
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

export const freshState = (seed: number): State => {
  const random = seeded(seed);
  return {
    people: zones.map((zone, index) => ({
      token: seededText(random, 32, alphabet),
      name: seededPerson(random, index).name,
      zone,
      entries: [
        {
          uid: `standup-${String(index)}@feeds.example`,
          title: 'Stand-up',
          start: '2026-01-05T09:30',
          end: '2026-01-05T09:45',
          repeats: 'WEEKLY',
          shows: 'busy',
        },
      ],
    })),
  };
};
