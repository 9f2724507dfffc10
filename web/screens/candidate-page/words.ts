export const words = {
  title: 'Your interview',
  titleWith: (company: string) => `Your interview with ${company}`,
  hello: (name: string) =>
    `Hello ${name}, this page is always up to date. Come back to it whenever you like.`,
  notUpToDate:
    'This page could not be refreshed. What you see may be old; it tries again by itself.',
  moved: (when: string) => ({
    title: 'The times have changed',
    text: `They were last changed on ${when}. What stands here is right.`,
  }),
  cancelled: {
    title: 'This interview is cancelled',
    text: 'Nothing of what stands below takes place. If that surprises you, ask below.',
  },
  onHold: {
    title: 'The times are being arranged anew',
    text: 'What you were told before does not hold any more. You will get a mail as soon as there are new times.',
  },
  over: { title: 'This interview is over', text: 'Thank you for your time.' },
  expired: {
    title: 'This link has expired',
    text: 'Your interview was a while ago, so its page is closed.',
    ask: 'If you still need something from it, ask here:',
  },
  gone: {
    title: 'This link leads nowhere',
    text: 'It may have been cut short on its way here, or a newer one has taken its place. Open the link in your newest mail about the interview; if that does not help, answer that mail.',
  },
  zone: {
    shown: 'Times are shown in',
    change: 'Change the time zone',
    label: 'Time zone',
    none: 'There is no such time zone',
  },
  addToCalendar: 'Add to calendar',
  addDay: (day: string) => `Add to calendar: ${day}`,
  with: 'With',
  where: 'Where',
  prepare: 'To prepare or bring',
  join: 'Join the meeting',
  open: (platform: string) => `Open ${platform}`,
  opens: {
    meeting: 'The meeting',
    coding: (platform: string) => `The ${platform} room`,
    at: 'opens on',
    follows: 'follows. It appears here as soon as it is there.',
  },
  forAll: 'For the whole interview',
  wayThere: { title: 'How to get there', map: 'Open the map' },
  tests: {
    title: 'Tests to take',
    at: (platform: string) => `at ${platform}`,
    startBy: 'To be started by',
    start: 'Start the test',
    goOn: 'Go on with the test',
    states: {
      invited: 'Not started',
      started: 'Started',
      completed: 'Done, thank you',
      pending_review: 'Done, thank you',
      expired: 'Expired',
      declined: 'Declined',
      cancelled: 'Taken back',
    },
  },
  contact: {
    title: 'Questions?',
    text: 'If something does not suit you, or you need anything to take part well, say so here.',
    nobody: 'Answer the mail that brought you here.',
  },
};
