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
    text: 'When a candidate has no e-mail address, declines, or something could not be done, it stands here.',
  },
};
