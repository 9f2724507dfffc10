/** `Test` while nobody knows whose it is, or may know it any more. */
export const words = {
  title: 'Test',
  at: (test: string, platform: string): string =>
    platform === '' ? test : `${test} at ${platform}`,
  of: (candidate: string): string => `Test of ${candidate}`,
  notUpToDate:
    'This page could not be refreshed. What you see may be old; it tries again by itself.',
  cancelled: {
    title: 'The interview was cancelled',
    text: 'You do not meet for it. What the candidate has handed in stays here.',
  },
  states: {
    coming: {
      title: 'Not sent yet',
      text: 'The test goes out with the invites. It appears here as soon as it is sent.',
    },
    stopped: {
      title: 'Not sent',
      text: 'The test could not be sent. Whoever schedules sees why on Today and decides what becomes of it.',
    },
    off: {
      title: 'Not sent any more',
      text: 'Another test was chosen, or none. Your newest invite leads to it.',
    },
    invited: { title: 'Sent, not started', text: 'The candidate has the link and has not begun.' },
    started: {
      title: 'In progress',
      text: 'The candidate is at it. The result appears here by itself.',
    },
    completed: { title: 'Completed', text: 'The candidate has handed it in.' },
    pending_review: {
      title: 'Completed, under review',
      text: 'The candidate has handed it in. The result may still change.',
    },
    expired: {
      title: 'Not taken in time',
      text: 'The link is closed. Whoever schedules can send another test.',
    },
    declined: { title: 'Declined', text: 'The candidate does not want to take it.' },
    cancelled: {
      title: 'Taken back',
      text: 'The candidate’s link is closed. Should another test have been chosen, your newest invite leads to it.',
    },
  },
  sentAt: 'Sent',
  startBy: 'To be started by',
  startedAt: 'Started',
  finishedAt: 'Finished',
  result: 'Result',
  verdict: 'Verdict',
  noScore: 'No score was told.',
  report: 'Open the report',
  noReport: 'The report is not there yet.',
  link: 'The candidate’s link',
  linkText:
    'For the candidate, should the mail be missing. Do not open it: that can start the test in the candidate’s name.',
  linkLabel: 'Link',
  gone: {
    title: 'This link leads nowhere',
    text: 'It may have been cut short on its way here. Open it from your newest invite; if that does not help, ask whoever sent it.',
  },
};
