/** Variables that every connected coding platform brings along, by what it can do. */
import { candidateContexts, type Context, type EventFacts, type Facts } from './facts.ts';
import { dateTimeText } from './times.ts';
import { linkValue, type Piece, type Value, type Variable } from './value.ts';

export interface PlatformVariables {
  /** The vendor's name: one word, as it stands in the variable. */
  platform: string;
  live: boolean;
  tests: boolean;
}

/** Links stand in bodies and rows, never in what only insiders file. */
const contexts: readonly Context[] = [...candidateContexts, 'interviewer_invite', 'note'];

/** Of a candidate's text: every event's own link with its start, for there is one text for all. */
const listOfEvents = (facts: Facts, platform: string): Value =>
  facts.interview.events.flatMap((event: EventFacts) => {
    const fact = event.live[platform];
    if (!fact) return [];
    const line: Piece[] = [`${dateTimeText(event.start, facts.candidate.zone)}: `, { to: fact }];
    return [line];
  });

export const platformVariables = ({ platform, live, tests }: PlatformVariables): Variable[] => {
  const sample = `https://${platform.toLowerCase()}.example/live/x1`;
  const both = { audience: 'everyone', contexts, sample } as const;
  return [
    ...(live
      ? [
          {
            ...both,
            name: `Interview.${platform}.Live.Link`,
            aliases: [`Interview.${platform}.Link`],
            describes: `One ${platform} session for the whole interview`,
            need: { scope: 'interview', platform, resource: 'live' },
            read: (facts) => linkValue(facts.interview.live[platform] ?? null),
          } satisfies Variable,
          {
            ...both,
            name: `Event.${platform}.Live.Link`,
            aliases: [`Event.${platform}.Link`],
            describes: `A ${platform} session for each event; the candidate gets the list of all`,
            need: { scope: 'event', platform, resource: 'live' },
            read: (facts, context) =>
              facts.event !== null && (context === 'interviewer_invite' || context === 'itinerary')
                ? linkValue(facts.event.live[platform] ?? null)
                : listOfEvents(facts, platform),
          } satisfies Variable,
        ]
      : []),
    ...(live || tests
      ? [
          {
            ...both,
            name: `Interview.${platform}.Template.Link`,
            aliases: [`Interview.${platform}.Assessment.Link`],
            describes: `What was chosen at ${platform} for this interview: a templated session or a test`,
            need: { scope: 'interview', platform, resource: 'template' },
            read: (facts, context) => {
              const links = facts.interview.template[platform];
              if (!links) return [];
              return linkValue(
                candidateContexts.includes(context) ? links.candidate : links.interviewer,
              );
            },
          } satisfies Variable,
        ]
      : []),
  ];
};
