/** What the screens of people say. */
const many = (count: number, one: string, several: string): string =>
  count === 1 ? `1 ${one}` : `${String(count)} ${several}`;

export const words = {
  title: 'People',
  lead: 'Who interviews, and the rooms they meet in: when they work, what they are tagged with, where their calendars are read.',
  list: 'People and rooms',
  back: 'People',
  backToMine: 'My interviews',
  add: 'Add somebody',
  import: 'Import from the ATS',
  none: 'Nobody yet',
  noneText: 'Import the users of your ATS, or add somebody by hand. Tags then make pools of them.',
  noneToSee: 'An Admin adds interviewers here, or imports them from the ATS.',
  notFound: 'Nobody fits',
  notFoundText: 'Search for less, or take a filter away.',
  filters: {
    search: 'Search by name or address',
    tag: 'Tag',
    anyTag: 'Any tag',
    kind: 'Kind',
    kinds: { all: 'All', person: 'People', room: 'Rooms' },
    state: 'State',
    states: { all: 'Active or not', true: 'Active', false: 'Not active' },
    feed: 'Calendar feed',
    feeds: { all: 'On or off', true: 'On', false: 'Off' },
  },
  room: 'Room',
  inactive: 'Not active',
  bounces: 'Mail is refused',
  moreTags: (count: number) => `+${String(count)}`,

  many: {
    select: (name: string) => `Select ${name}`,
    all: 'Select all that are shown',
    selected: (count: number) => `${String(count)} selected`,
    clear: 'Select nobody',
    act: 'Change tags',
    title: (count: number) => `Change tags of ${many(count, 'person', 'people')}`,
    add: 'Give these tags',
    remove: 'Take these tags away',
    hint: 'Press Enter after each tag.',
    submit: 'Change tags',
    done: (count: number) =>
      count === 0
        ? 'They had exactly these tags already.'
        : `Changed for ${many(count, 'person', 'people')}.`,
  },

  importing: {
    title: 'Import from the ATS',
    lead: 'Whoever has an account there and is not here yet is added, with office hours in the zone below; both can be changed at each person.',
    none: 'No ATS is connected',
    noneText: 'Connect one under Settings, Company, or add people by hand.',
    from: 'From',
    zone: 'Their time zone, to begin with',
    choose: 'Choose the ATS',
    submit: (count: number) =>
      count === 0 ? 'Nobody to add' : `Add ${many(count, 'person', 'people')}`,
    added: (count: number) => `${many(count, 'person', 'people')} to add`,
    known: (count: number) =>
      `${many(count, 'is here already and stays as it is', 'are here already and stay as they are')}.`,
    withoutAddress: 'Left out, for the ATS has no e-mail address of them:',
    missing: 'Here, but not in this ATS',
    missingText:
      'They cannot be put into its interviews. Give them an account there, or correct the address here.',
    more: (count: number) => `and ${String(count)} more`,
    done: (count: number) => `${many(count, 'person is', 'people are')} added.`,
  },

  form: {
    newTitle: 'Add somebody',
    create: 'Add',
    save: 'Save',
    made: (name: string) => `${name} is added.`,
    saved: 'Saved.',
    who: 'Who',
    kind: 'This is',
    kinds: { person: 'A person', room: 'A room' },
    name: 'Name',
    email: 'E-mail',
    emailHint:
      'Invites go here. The same address as in the ATS, so that both know the same person.',
    roomEmail: 'Address of the room’s calendar; left empty, it gets no invites.',
    title: 'Title',
    bio: 'About the person',
    bioHint: 'Some words for candidates, where a text names them.',
    linkedIn: 'LinkedIn address',
    titleHint: 'Candidates may see it, such as “Staff Engineer”.',
    tags: 'Tags',
    tagsHint: 'Pools are made of them. Press Enter after each.',
    when: 'When',
    zone: 'Time zone',
    hours: 'Working hours',
    hoursHint: 'In that zone. Interviews are found within them.',
    notWorking: 'Not working',
    prefers: 'Likes some hours best',
    preferred: 'Preferred hours',
    preferredHint: 'Tried first, where there is a choice.',
    notPreferred: 'None',
    daysOff: 'Days off',
    daysOffHint: 'Nothing is planned on them.',
    limits: 'Limits',
    perDay: 'Interviews a day at most',
    perWeek: 'Interviews a week at most',
    noLimit: 'No limit',
    buffer: 'Minutes free before and after',
    before: 'Minutes free before',
    after: 'Minutes free after',
    busy: 'Busy times',
    calendars: 'Calendars',
    calendarsHint: 'Where busy times are read, of those that are connected.',
    noCalendars:
      'No calendar is connected. A secret address can be given once the person is there.',
  },

  calendars: {
    title: 'Calendars',
    none: 'No calendar is read: only working hours, days off and interviews of the hub count.',
    text: 'A calendar that cannot be read is unknown, never free.',
    test: 'Test now',
    ok: 'Read',
    unknown: 'Unknown',
    busy: (count: number) => `${many(count, 'busy time', 'busy times')} in the week to come`,
    removed: 'A calendar that was removed',
    address: 'Secret address of the calendar',
    addressHint:
      'In Google Calendar “Secret address in iCal format”, in Outlook “Publish a calendar” as ICS. Kept encrypted, never shown again; a new one takes the place of the one before.',
    submit: 'Test and use it',
    set: 'The calendar can be read, and is from now on.',
  },

  feed: {
    title: 'Calendar feed',
    text: 'A secret address under which any calendar reads this person’s interviews. They turn it on themselves, under My interviews; the address is shown to nobody else.',
    ask: (name: string) =>
      `The address stops at once, and the calendars that have it show the interviews of ${name} no longer. They can turn it on again, with another address.`,
  },

  ats: {
    missing: (name: string) =>
      `${name} has no user with this address: this person cannot be put into its interviews. Add the user there, or correct the address here.`,
  },
  bounced: {
    title: 'Mail to this address is refused',
    text: (error: string) =>
      `The mail server said: ${error} Correct the address; what is sent from then on goes there.`,
  },

  ties: {
    title: 'What depends on it',
    pools: 'Pools',
    templates: 'Templates that name this person',
    interviews: 'Interviews to come',
    none: 'Nothing.',
    more: (count: number) => `and ${String(count)} more`,
    next: 'the next',
  },

  active: {
    label: 'Active',
    deactivate: 'Deactivate',
    reactivate: 'Activate',
    ask: (name: string) => `Deactivate ${name}?`,
    text: 'Nothing new is planned with them any more. You can activate them again at any time.',
    interviews: (count: number) =>
      `${many(count, 'interview', 'interviews')} to come stay as planned: replace them there.`,
    pools: (names: string) => `Leaves these pools: ${names}.`,
    templates: (names: string) => `Still named by these templates: ${names}.`,
    deactivated: (name: string) => `${name} is not active any more.`,
    reactivated: (name: string) => `${name} is active.`,
  },

  facts: { zone: 'Time zone', hours: 'Working hours', tags: 'Tags', none: 'None' },
};
