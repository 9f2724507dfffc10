/** What the screens of *Settings → Company* say. */
export const words = {
  title: 'Company',
  lead: 'The accounts that the hub works with. Keys are kept encrypted and never shown again.',
  sections: {
    coding: {
      title: 'Collaborative Coding',
      text: 'Platforms that give coding tests and live rooms.',
    },
    ats: {
      title: 'ATS Integrations',
      text: 'Where your candidates are. The hub hears of stages and writes back what became of them.',
    },
    mail: { title: 'Mail', text: 'The server that invites and mails leave by.' },
    busy: { title: 'Calendars', text: 'Where people’s busy times are read.' },
  },
  connected: (section: string) => `${section}: connected`,
  none: 'Nothing is connected here yet.',
  connectOne: (name: string) => `Connect ${name}`,
  states: {
    active: 'Connected',
    attention: 'Needs a look',
    paused: 'Paused',
  },
  since: 'Connected',
  open: (name: string) => `Open ${name}`,

  connect: {
    title: (name: string) => `Connect ${name}`,
    back: 'Company',
    docs: 'The vendor’s own documentation',
    name: 'Name',
    nameHint: 'How your team calls this account.',
    host: 'Where the account stands',
    otherHost: 'Elsewhere',
    more: 'Addresses and more',
    chooseAfterTest: 'Test the key first: the list comes from the account.',
    choose: 'Choose one',
    test: 'Test',
    save: 'Save',
    saved: (name: string) => `${name} is connected.`,
    stored: 'Stored. Leave it empty to keep it.',
    byConsent: {
      or: 'or paste a key',
      title: (name: string) => `Connect with ${name}`,
      text: (name: string) =>
        `You are asked at ${name} whether the hub may work with your account.`,
      missing: (name: string, id: string) =>
        `“Connect with ${name}” needs a client at the vendor: whoever runs the hub sets ${id.toUpperCase()}_CLIENT_ID and ${id.toUpperCase()}_CLIENT_SECRET. Until then, paste a key.`,
    },
    unknown: 'There is no such vendor.',
  },

  may: {
    title: 'What it may do',
    tested: 'Tested',
    never: 'Not tested yet.',
    again: 'Test the connection',
    account: 'Account',
    states: { granted: 'Granted', missing: 'Missing', not_checked: 'Not checked' },
    neededFor: (purpose: string) => `Needed for: ${purpose}`,
    where: (place: string) => `Grant it at: ${place}`,
    fine: 'The vendor accepted it.',
  },

  state: {
    pause: 'Pause',
    resume: 'Resume',
    paused: 'Paused. Deliveries are still taken in and wait.',
    resumed: 'Everything that waited goes on.',
    again: (name: string) => `Connect with ${name} again`,
    swept: 'Last read through',
    sweep: 'Read through now',
    sweeping: 'It is read through now.',
  },

  change: {
    title: 'Settings',
    rate: 'Requests per second, at most',
    rateHint: 'Where the vendor allows your account more or less than usual; 0: any number.',
    rateUsual: 'As the vendor publishes',
    scheduleLink: 'Link to the scheduler',
    scheduleLinkHint:
      'Put on candidates whose job and stage fit a template, so that scheduling begins in the ATS.',
    scheduleAddress: 'Address of the scheduler',
    scheduleAddressHint:
      'For a button that the ATS itself has, such as Lever’s Schedule. At its end stands the candidate’s id in the ATS.',
    saved: 'Saved.',
  },

  hooks: {
    title: 'Webhooks',
    none: 'This vendor sends no webhooks; the hub asks by itself.',
    every: 'All events',
    url: 'Address',
    secret: 'Secret',
    last: 'Last delivery',
    noDelivery: 'No delivery yet',
    subscribe: 'Register again',
    takeOver: 'Take the place over',
    done: 'The webhooks are registered.',
    byHand: 'Still to be deleted by hand at the vendor:',
  },

  deliveries: {
    title: 'Last deliveries',
    list: 'Deliveries',
    none: 'No delivery yet',
    noneText:
      'As soon as something happens at the vendor, its notice appears here, with what came of it.',
    states: { queued: 'Waiting', done: 'Done', ignored: 'Nothing to do' },
    replay: 'Replay',
    replayNamed: (event: string, id: string) => `Replay ${event}, delivery ${id}`,
    replayed: 'It is looked at once more.',
  },

  disconnect: {
    title: 'Disconnect',
    text: 'Ends the work with this account.',
    act: 'Disconnect',
    ask: (name: string) => `Disconnect ${name}?`,
    what: 'This removes:',
    key: 'the stored key',
    hooks: (count: number) =>
      count === 1 ? 'one webhook at the vendor' : `${String(count)} webhooks at the vendor`,
    rules: (names: string) => `nothing of your rules, but these will rest: ${names}`,
    kept: 'What was sent and written stays: candidates, interviews, the activity and the audit log.',
    done: (name: string) => `${name} is disconnected.`,
    byHand: {
      title: 'Left to do by hand',
      text: (name: string) =>
        `${name} lets nobody but a person delete these webhooks. Delete them there:`,
      resting: (count: number) =>
        count === 1 ? 'One rule rests now.' : `${String(count)} rules rest now.`,
    },
  },
};
