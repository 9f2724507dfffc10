/** The texts of an interview with their variables looked up, for each audience. */
import type { Context, EventFacts, Facts, LinkFact } from '#core/template/facts.ts';
import { normalise } from '#core/template/parse.ts';
import { render, type Format, type Rendered } from '#core/template/render.ts';
import { dayOf } from '#core/template/times.ts';
import type { Plan, PlannedEvent } from './model.ts';
import type { AtsResult, Scene } from './scene.ts';
import { choicesOf, linkOf, neededSessions, type NeededSession } from './sessions.ts';
import { atsThing, candidatePage, numbered, testPage } from './things.ts';

/** What a text is about: the interview as a whole, or one event of it. */
export interface About {
  event?: PlannedEvent;
  /** Left out: all that its readers may know. */
  events?: readonly PlannedEvent[];
  /** To be compared with what was said before: without the summary of the last change. */
  compared?: boolean;
}

/** Looks up what texts may say; made once per scene. */
export interface Speaker {
  sessions: NeededSession[];
  say(text: string, context: Context, format: Format, about?: About): Rendered;
}

/** Whether the ATS can be told of the event at all: it shows nobody who has no account there. */
export const isForAts = ({ seats }: PlannedEvent): boolean =>
  seats.some(({ atsUserId }) => atsUserId !== null);

export const speakerOf = (scene: Scene): Speaker => {
  const { plan } = scene;
  const sessions = neededSessions(scene);
  const ats = scene.standing.get(numbered(atsThing(scene.id), plan.links))?.result as
    AtsResult | null | undefined;

  const liveOf = (eventId: string | null): Record<string, LinkFact> =>
    Object.fromEntries(
      sessions
        .filter((one) => one.kind === 'live_session' && one.eventId === eventId)
        .map((one) => [one.platform, linkOf(scene, one)]),
    );

  const feedbackLink = (event: PlannedEvent): LinkFact | null => {
    if (scene.state !== 'confirmed' || !scene.ats.takesInterviews || !isForAts(event)) return null;
    const shown = ats?.events.find(({ key }) => key === event.id);
    // Called off there, it keeps its last known links until a person has decided, and gets no new one.
    if (!shown) return scene.ats.calledOff ? null : { state: 'pending' };
    return shown.feedbackUrl === null ? null : { state: 'ready', url: shown.feedbackUrl };
  };

  const factsOf = (event: PlannedEvent): EventFacts => ({
    ...event,
    live: liveOf(event.id),
    feedbackLink: feedbackLink(event),
    feedbackFormName: scene.ats.feedbackForms.get(event.feedbackFormId ?? '') ?? '',
  });

  const templates = Object.fromEntries(
    [...choicesOf(plan).values()].map((choice) => {
      const test = sessions.find(
        (one) => one.kind === 'assessment' && one.connectionId === choice.connectionId,
      );
      const room = sessions.find(
        (one) => one.eventId === null && one.connectionId === choice.connectionId,
      );
      const link: LinkFact = room ? linkOf(scene, test ?? room) : { state: 'pending' };
      const page = test && scene.joinUrls.get(testPage(test.thing));
      const interviewer: LinkFact =
        test === undefined ? link : page ? { state: 'ready', url: page } : { state: 'pending' };
      return [choice.platform, { candidate: link, interviewer }];
    }),
  );

  const factsAbout = (
    events: readonly PlannedEvent[],
    event: PlannedEvent | null,
    itinerary: string,
    compared = false,
  ): Facts => ({
    ...scene.facts,
    recruiter: plan.recruiter,
    coordinator: plan.coordinator,
    hiringManager: plan.hiringManager,
    interview: {
      name: plan.name,
      zone: plan.zone,
      status: scene.state,
      remote: plan.remote,
      place: plan.place ?? null,
      events: events.map(factsOf),
      hubLink: `${scene.hubUrl}/interviews/${scene.id}`,
      page: pageOf(scene),
      notes: plan.note,
      changeSummary: compared ? '' : scene.changeSummary,
      live: liveOf(null),
      template: templates,
      itinerary,
    },
    event: event && factsOf(event),
  });

  const visible = visibleTo(plan);

  return {
    sessions,
    say(text, context, format, about = {}) {
      const inside = context === 'interviewer_invite' || context === 'note';
      const events = about.events ?? (inside ? plan.events : visible);
      const namesRows = namesItinerary(text);
      const rows = (namesRows ? events : []).map((event) =>
        render(
          plan.texts.itinerary,
          factsAbout(events, event, '', about.compared),
          inside ? 'interviewer_invite' : 'itinerary',
          'plain',
          scene.registry,
        ),
      );
      const itinerary = rows.map((row) => row.text).join('\n');
      const facts = factsAbout(events, about.event ?? null, itinerary, about.compared);
      const whole = render(text, facts, context, format, scene.registry);
      if (!namesRows) return whole;
      // What is missing in a row is missing in the text that shows it.
      const parts = [whole, ...rows];
      return {
        text: whole.text,
        empty: parts.flatMap(({ empty }) => empty),
        pending: [...new Set(parts.flatMap(({ pending }) => pending))],
        unknown: parts.flatMap(({ unknown }) => unknown),
      };
    },
  };
};

/** Nobody has the page of a candidate who has no address. */
const pageOf = ({ id, facts, joinUrls }: Scene): LinkFact => {
  const url = joinUrls.get(candidatePage(id, facts.candidate.email));
  return url === undefined ? { state: 'pending' } : { state: 'ready', url };
};

export const namesItinerary = (text: string): boolean =>
  /\$interview\.itinerary\b/i.test(normalise(text));

const visibleTo = ({ events }: Pick<Plan, 'events'>): PlannedEvent[] =>
  events.filter(({ internal }) => !internal);

/** What the candidate takes part in, by the days of its own zone. */
export const candidateDays = (plan: Pick<Plan, 'events' | 'candidateZone'>): PlannedEvent[][] => {
  const { candidateZone: zone } = plan;
  const days = new Map<string, PlannedEvent[]>();
  for (const event of visibleTo(plan).toSorted((a, b) => a.start - b.start)) {
    const day = dayOf(event.start, zone);
    days.set(day, [...(days.get(day) ?? []), event]);
  }
  return [...days.values()];
};
