/** What the scheduling screen says. */
import { allOf } from '../../parts/names.ts';

const count = (number: number, one: string, many: string): string =>
  `${String(number)} ${number === 1 ? one : many}`;

export const words = {
  title: 'Schedule an interview',
  titleOf: (name: string) => `Schedule ${name}`,
  back: 'All candidates',
  inAts: 'Open in the ATS',
  remarks: 'Good to know before you send',
  already: 'The candidate has an interview already; this would be another',
  find: {
    title: 'Schedule',
    lead: 'Choose whose interview you want to schedule. The Schedule link in your ATS leads straight to it.',
    search: 'Search a candidate',
    searchHint: 'Part of the name, or the whole e-mail address.',
    list: 'Candidates',
    none: 'No candidate yet',
    noneText:
      'Candidates appear here once an ATS is connected: whoever reaches a stage is read from there.',
    nobody: (search: string) => `Nobody is called “${search}”`,
    nobodyText:
      'The hub knows whom it has read from the ATS. Somebody new appears as soon as the ATS tells of a change, or when you come by the link there.',
    noAddress: 'No e-mail address',
    archived: 'Archived in the ATS',
  },
  plan: {
    title: 'The plan',
    template: 'Template',
    noTemplate: 'None is for this job and stage.',
    noTemplates: 'There is no template yet. Describe the events below.',
    choose: 'Choose a template',
    events: 'Events, in their order',
    from: 'From',
    to: 'Until',
    backwards: 'It ends before it begins. Choose a later day.',
    zone: 'Time zone of the candidate',
    zoneHint: 'Days and hours of the search are those of this zone.',
  },
  rules: {
    title: 'Order, breaks and days',
    told: (rules: {
      order: 'fixed' | 'any';
      gapMinutes: number;
      maxDays: number;
      lunch: { minutes: number } | null;
    }) =>
      [
        rules.order === 'fixed' ? 'in this order' : 'in any order',
        rules.gapMinutes === 0 ? 'no break needed' : `${String(rules.gapMinutes)} min between`,
        rules.lunch === null ? 'no lunch' : `${String(rules.lunch.minutes)} min lunch`,
        count(rules.maxDays, 'day', 'days'),
      ].join(' · '),
  },
  when: {
    title: 'When the candidate can, and where events start',
    told: ({
      windows,
      startEvery,
      repeat,
    }: {
      windows: readonly unknown[];
      startEvery: number;
      repeat: boolean | null;
    }) =>
      [
        windows.length === 0
          ? 'Monday to Friday, 9 to 17'
          : count(windows.length, 'time of the candidate', 'times of the candidate'),
        words.when.every(startEvery).toLowerCase(),
        ...(repeat === null ? [] : [repeat ? 'anybody in several events' : 'nobody in two events']),
      ].join(' · '),
    windows: 'The candidate’s own times',
    noWindows: 'None is told: Monday to Friday, 9 to 17, in the candidate’s zone.',
    windowsHint: 'In the candidate’s zone. Only these are searched.',
    nth: (index: number) => `Time ${String(index + 1)}`,
    day: 'Day',
    ends: { from: 'From', to: 'To' },
    add: 'Add a time',
    remove: (index: number) => `Remove time ${String(index + 1)}`,
    faults: {
      open: 'Say the day, from when and to when.',
      turned: 'It ends before it begins.',
      outside: 'It lies outside of the days that are searched. Change From or Until above.',
    },
    startEvery: 'Events start',
    startEveryHint: 'By the clock of the candidate’s zone.',
    every: (minutes: number) =>
      minutes === 60 ? 'On the full hour' : `Every ${String(minutes)} minutes`,
    repeat: 'The same person in several events',
    repeatHint: 'Of those who may take several seats.',
    repeats: {
      alone: 'Only if nobody else may',
      anybody: 'Anybody may sit in several',
      nobody: 'Nobody sits in two',
    },
  },
  options: {
    title: 'Options',
    looking: 'Looking for times',
    gaps: {
      events: 'Choose a template or add an event, and the times follow.',
      name: 'Give each event a name, and the times follow.',
      minutes: 'Give each event at least 5 minutes, and the times follow.',
      seats: 'Say who sits in each event, and the times follow.',
      days: 'Say between which days to look, and the times follow.',
      windows: 'Say from when to when the candidate can, and the times follow.',
    },
    givenUp: 'Given up for this interview',
    takeBack: (text: string) => `Take back: ${text}`,
    best: 'Best',
    event: (name: string, people: readonly string[]) =>
      people.length === 0 ? name : `${name}: ${allOf(people)}`,
    noCompromise: 'Everybody is free, within their hours and limits.',
    more: (number: number) => `Show ${String(number)} more`,
  },
  whyNot: {
    title: 'There is no time at which everybody can',
    together: 'These cannot hold together:',
    help: 'What would help',
    nothing: 'Nothing that one could give up would help. Give more days, or more people.',
    opens: (text: string, opens: number) =>
      `${text} Opens ${count(opens, 'start time', 'start times')}.`,
  },
  hand: {
    title: 'Another time',
    hint: 'Any time can be set by hand, here or by a click into the day below. Whatever speaks against it is shown.',
    begin: 'Set it by hand',
    end: 'Back to the options',
    start: (name: string) => `${name} begins`,
    zone: (zone: string) => `In ${zone}`,
    nothingAgainst: 'Nothing speaks against it.',
    against: 'This speaks against it',
    takeOn: 'What may be taken on knowingly is asked for before it is sent.',
  },
  grid: {
    before: 'The day before',
    next: 'The next day',
    help: 'Click a row, or go there by the arrow keys and press Enter, to begin the interview then. Page up and down turn the day. Marked times are options.',
    theirs: (zone: string) => `Candidate, ${zone}`,
    mine: (zone: string) => `You, ${zone}`,
    interview: 'Interview',
    kinds: {
      event: 'This interview',
      interview: 'Another interview',
      busy: 'Taken',
      tentative: 'Tentative',
      unknown: 'Calendar not readable',
      outside: 'Outside of their hours',
    },
    cell: (kind: string, isOffered: boolean) =>
      [
        kind === 'free' ? 'Free' : (words.grid.kinds as Record<string, string>)[kind],
        isOffered ? 'an option begins here' : '',
      ]
        .filter(Boolean)
        .join(', '),
    clash: (name: string, kind: string) =>
      `${name === '' ? '' : `${name}: `}${(words.grid.kinds as Record<string, string>)[kind] ?? kind}`,
  },
  bar: {
    nothing: 'No time is chosen yet.',
    chosen: (span: string) => `Chosen: ${span}`,
    review: 'Review',
  },
  review: {
    title: 'Review and send',
    back: 'Change the plan',
    stops: 'Put right what is wrong above, and it can be sent.',
    halves:
      'Fill in what is required above: a name and an e-mail address of who is named, and what the interview is called.',
    looking: 'Working out what everybody gets.',
    following: 'The preview follows your change.',
    ready: 'Nothing has left the hub yet.',
    hold: 'Hold',
    send: 'Send',
  },
  overrides: {
    title: 'Take it on knowingly?',
    label: (code: string) =>
      ({
        double_booked: 'Somebody has another interview then',
        busy: 'Somebody’s calendar is taken then',
        outside_hours: 'It lies outside of somebody’s hours',
        day_off: 'Somebody has a day off',
        over_day_limit: 'Somebody has more interviews that day than they want',
        over_week_limit: 'Somebody has more interviews that week than they want',
        candidate_busy: 'The candidate has another interview then: send it anyway',
      })[code] ?? code,
    reason: 'Why',
    reasonHint: 'Kept with your name in the history of the interview.',
  },
  texts: {
    change: 'Change',
    done: 'Done',
    changeOf: (what: string) => `Change ${what}`,
    doneWith: (what: string) => `Done with ${what}`,
    whose: {
      candidate_mail: 'the candidate’s mail',
      candidate_invite: 'the candidate’s invite',
      interviewer_invite: 'the interviewers’ invite',
    },
  },
  settings: {
    title: 'Platforms, itinerary, note',
    more: 'Name, place, people named, links, who is told',
    itinerary: 'A row of the itinerary',
    itineraryHint: 'One for each event.',
    note: 'Note',
    noteHint: 'For the interviewers and the ATS.',
  },
  notify: {
    label: 'Who is told',
    hint: 'Whoever is left out hears nothing of it now. A later change may tell them.',
    audiences: { candidate: 'The candidate', interviewers: 'The interviewers' },
    leftOut: (who: ReadonlyArray<'candidate' | 'interviewers'>) =>
      `Not told: ${allOf(
        who.map((one) => ({ candidate: 'the candidate', interviewers: 'the interviewers' })[one]),
      )}`,
  },
  taken: {
    title: 'Somebody was quicker',
    candidate: 'The candidate has another interview then',
    others: 'At the same time:',
    take: (swaps: ReadonlyArray<{ event: string; name: string; byName: string }>) =>
      `Take ${allOf(
        swaps.map(({ event, name, byName }) => `${byName} instead of ${name} in ${event}`),
      )}`,
    instead: 'The next best times:',
  },
  sent: {
    waiting: (seconds: number) =>
      `It goes out in ${count(seconds, 'second', 'seconds')}. Undo takes all of it back.`,
    left: (seconds: number) => `${count(seconds, 'second', 'seconds')} left`,
    undo: 'Undo',
    title: (isHold: boolean, notify: ReadonlyArray<'candidate' | 'interviewers'>) => {
      const [candidate, interviewers] = [
        notify.includes('candidate'),
        notify.includes('interviewers'),
      ];
      if (isHold)
        return interviewers
          ? 'The interviewers are asked; the candidate hears nothing yet'
          : 'It is held, and nobody is told yet';
      if (candidate && interviewers) return 'It is on its way to everybody';
      if (!candidate && !interviewers) return 'It is scheduled, and nobody is told yet';
      return candidate
        ? 'It is on its way to the candidate; the interviewers hear nothing yet'
        : 'It is on its way to the interviewers; the candidate hears nothing yet';
    },
    open: 'See, move or cancel it',
    next: 'Schedule another',
  },
};
