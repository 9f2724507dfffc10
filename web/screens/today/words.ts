export const words = {
  title: 'Today',
  lead: 'What needs you, and what is under way.',
  start: {
    title: 'First steps',
    text: 'Three steps, and candidates get their tests, links and invites by themselves.',
    steps: {
      ats: {
        title: 'Connect your ATS',
        text: 'Lever or Ashby: the hub hears when a candidate reaches a stage, and writes back.',
        act: 'Connect an ATS',
      },
      coding: {
        title: 'Connect a coding platform',
        text: 'It gives the tests and the live rooms.',
        act: 'Connect a platform',
      },
      mail: {
        title: 'Connect your mail server',
        text: 'Invites and mails leave from your own address.',
        act: 'Connect the mail server',
      },
    },
    done: 'Done',
  },
  quiet: {
    title: 'Nothing needs you',
    text: 'When a candidate has no e-mail address, or something could not be done at a vendor, it stands here.',
  },
  elsewhere: {
    title: 'Your interviews come by invite',
    text: 'What has to be decided about candidates is for the recruiting team.',
  },
  needs: {
    failed: {
      title: 'Could not be done',
      text: 'The reason stands with each. Put it right, then try again.',
    },
    unknown: {
      title: 'Nobody can tell',
      text: 'The vendor’s answer was lost and it cannot be asked. Look there, then say what you saw.',
    },
    waiting: { title: 'Waiting', text: 'It goes on by itself once what it waits for is there.' },
  },
  kinds: {
    assessment: 'A test for a candidate',
    live_link: 'A live-coding link',
    note: 'A note in the ATS',
    live_session: 'A live-coding room of an interview',
    ats_interview: 'An interview in the ATS',
    ats_link: 'The link to the scheduler in the ATS',
    mail: 'A mail or invite',
  },
  decisions: {
    retry: 'Try again',
    skip: 'Skip it',
    it_happened: 'It happened',
    it_did_not: 'It did not',
  },
  decided: 'Noted. The hub goes on from there.',
  decideNamed: (decision: string, kind: string, id: string): string =>
    `${decision}: ${kind} (${id})`,
};
