/** What the scheduling screen says. */
const count = (number: number, one: string, many: string): string =>
  `${String(number)} ${number === 1 ? one : many}`;

const list = (names: readonly string[], type: 'conjunction' | 'disjunction'): string =>
  new Intl.ListFormat('en', { type }).format(names);

export const words = {
  title: 'Schedule an interview',
  titleOf: (name: string) => `Schedule ${name}`,
  back: 'All candidates',
  inAts: 'Open in the ATS',
  remarks: 'Good to know before you send',
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
    add: 'Add an event',
    from: 'From',
    to: 'Until',
    backwards: 'It ends before it begins. Choose a later day.',
    zone: 'Time zone of the candidate',
    zoneHint: 'Days and hours of the search are those of this zone.',
  },
  event: {
    unnamed: (place: number) => `Event ${String(place)}`,
    minutes: (minutes: number) => `${String(minutes)} min`,
    internal: 'without the candidate',
    nobody: 'nobody sits there yet',
    up: (name: string) => `Move ${name} up`,
    down: (name: string) => `Move ${name} down`,
    remove: (name: string) => `Remove ${name}`,
    change: 'Change',
    changeOf: (name: string) => `Change ${name}`,
    close: 'Done',
    closeOf: (name: string) => `Done with ${name}`,
    name: 'Name',
    length: 'Length',
    min: ' min',
    topic: 'Topic',
    location: 'Place',
    internalLabel: 'Without the candidate, such as a debrief',
  },
  seat: {
    unknown: 'somebody who is no longer here',
    ofPool: (number: number, pool: string) => `${String(number)} of ${pool}`,
    anyOf: (names: readonly string[]) =>
      names.length === 0 ? 'nobody yet' : list(names, 'disjunction'),
    optionally: (who: string) => `${who} (optional)`,
    label: (place: number) => `Seat ${String(place)}`,
    choose: 'People, or one pool',
    nothing: 'Nobody of that name',
    pools: 'Pools',
    people: 'People',
    rooms: 'Rooms',
    count: 'How many',
    optional: 'Optional',
    add: 'Add a seat',
    remove: (place: number) => `Remove seat ${String(place)}`,
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
    order: 'Order of the events',
    orders: { fixed: 'In this order', any: 'In any order' },
    gap: 'Break between two events',
    days: 'Days at most',
    lunch: 'Keep time for lunch',
    lunchMinutes: 'Lunch takes',
    lunchEnds: { from: 'Not before', to: 'Until' },
  },
  options: {
    title: 'Options',
    looking: 'Looking for times',
    gaps: {
      events: 'Choose a template or add an event, and the times follow.',
      name: 'Give each event a name, and the times follow.',
      seats: 'Say who sits in each event, and the times follow.',
      days: 'Say between which days to look, and the times follow.',
    },
    givenUp: 'Given up for this interview',
    takeBack: (text: string) => `Take back: ${text}`,
    best: 'Best',
    event: (name: string, people: readonly string[]) =>
      people.length === 0 ? name : `${name}: ${list(people, 'conjunction')}`,
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
    subject: 'Subject',
    title: 'Title',
    body: 'Text',
  },
  settings: {
    title: 'Platforms, itinerary, note',
    platform: (name: string) => `What ${name} opens`,
    platformHint: 'Where a text names a link of it.',
    plain: 'A plain room',
    templates: 'A room with a template',
    tests: 'A test',
    nothing: 'Nothing of that name',
    itinerary: 'A row of the itinerary',
    itineraryHint: 'One for each event.',
    note: 'Note',
    noteHint: 'For the interviewers and the ATS.',
  },
  taken: {
    title: 'Somebody was quicker',
    instead: 'The next best times:',
  },
  sent: {
    waiting: (seconds: number) =>
      `It goes out in ${count(seconds, 'second', 'seconds')}. Undo takes all of it back.`,
    left: (seconds: number) => `${count(seconds, 'second', 'seconds')} left`,
    undo: 'Undo',
    title: {
      confirmed: 'It is on its way to everybody',
      hold: 'The interviewers are asked; the candidate hears nothing yet',
    },
    open: 'See, move or cancel it',
    next: 'Schedule another',
  },
};
