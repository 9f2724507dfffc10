/** What the screens of rules say. */
import { anyOf } from '../../parts/names.ts';

export const words = {
  title: 'Rules',
  lead: 'When a candidate reaches a stage, the hub sends a test or makes an interview link, by itself.',
  list: 'Rules',
  add: 'New rule',
  none: 'No rule yet',
  noneText:
    'A rule says: at this stage, with this tag, send this test. Make one, and candidates who reach the stage from then on get it without anybody pressing a button.',
  noneToSee: 'An Admin has made no rule yet. Once there is one, you see here what it does.',
  back: 'Rules',

  states: { on: 'On', off: 'Off', resting: 'Not working' },

  does: {
    assessment: (test: string | null, platform: string) =>
      `sends ${test === null ? 'a test' : `“${test}”`} by ${platform}`,
    live_link: (template: string | null, platform: string) =>
      template === null
        ? `makes an interview link at ${platform}`
        : `makes an interview link at ${platform} with “${template}”`,
    when: (stages: readonly string[], ats: string) => `At ${anyOf(stages)} in ${ats}`,
    tag: (tag: string) => `with the tag ${tag}`,
    job: (job: string) => `for ${job}`,
  },

  form: {
    title: 'New rule',
    when: 'When a candidate',
    then: 'Then',
    ats: { label: 'Is in this ATS', missing: 'Choose the ATS.' },
    stages: {
      label: 'Reaches one of these stages',
      hint: 'One rule may cover several stages.',
      missing: 'Choose at least one stage.',
    },
    tag: {
      label: 'And has this tag',
      hint: 'Left empty: with any tags. Upper and lower case differ.',
    },
    job: { label: 'And applies for this job', any: 'Any job' },
    closed: (name: string) => `${name} (closed)`,
    action: {
      label: 'The hub does this',
      kinds: { assessment: 'Sends a coding test', live_link: 'Makes an interview link' },
    },
    platform: { label: 'Platform', missing: 'Choose the platform.' },
    test: { label: 'Test', missing: 'Choose the test.' },
    template: { label: 'Template', none: 'Without a template' },
    choose: 'Choose one',
    nothing: 'The vendor offers nothing here.',
    repeats: 'Once more, whenever the candidate enters such a stage again',
    repeatsHint: 'Otherwise everybody gets it once, however often they come by.',
    name: 'Name of the rule',
    nameHint: 'Left empty: made of what it does.',
    unnamed: (what: string, stages: readonly string[]) =>
      `${what} at ${anyOf(stages)}`.slice(0, 200),
    reload: 'Read the vendors’ lists anew',
    reloading: 'The lists are being read. What is new appears by itself.',
    save: 'Save',
    create: 'Make the rule',
    made: (name: string) => `${name} is made.`,
    saved: 'Saved.',
    anew: 'A rule that is changed begins anew: whoever is in its stages already is left alone.',
  },

  accounts: {
    title: 'Two accounts come first',
    text: 'A rule leads from an ATS to a coding platform. Connect one of each, then make the rule.',
    ask: 'A rule leads from an ATS to a coding platform. Ask a Super Admin to connect one of each.',
    go: 'Connect accounts',
  },

  preview: {
    title: 'Who would match now',
    text: 'Rules are not retroactive: these candidates entered the stage before, so the rule leaves them alone. Whoever enters from now on gets it by itself.',
    choose: 'Choose an ATS and a stage, and see here who would match.',
    look: 'Look in the ATS',
    again: 'Look again',
    list: 'Candidates who would match',
    none: 'Nobody stands there now',
    noneText: 'Whoever reaches the stage from now on gets it by itself.',
    count: (count: number, more: boolean) =>
      more
        ? `More than ${String(count)}`
        : count === 1
          ? '1 candidate'
          : `${String(count)} candidates`,
    first: (count: number) => `The first ${String(count)} are shown.`,
    noEmail: 'no e-mail address',
    unsaved: 'As the form stands now. Save it to send to somebody at once.',
    open: (name: string) => `${name}, in the ATS`,
  },

  send: {
    act: 'Send now',
    actNamed: (name: string) => `Send now to ${name}`,
    make: 'Make now',
    makeNamed: (name: string) => `Make now for ${name}`,
    ask: (name: string) => `Do it now for ${name}?`,
    text: {
      assessment: 'The platform invites the candidate at once. What was sent cannot be taken back.',
      live_link: 'The link is made at once and noted in the ATS.',
    },
    noEmail: 'There is no e-mail address in the ATS: it waits until somebody adds one there.',
    done: (name: string) => `It is on its way for ${name}.`,
    waits: (name: string) => `It waits for an e-mail address of ${name}.`,
    asked: 'Asked for',
  },

  decisions: {
    title: 'What it did lately',
    list: 'Decisions',
    none: 'Nothing yet',
    noneText:
      'As soon as a candidate enters one of its stages, it stands here what the rule decided and why.',
    left: 'Left alone',
    states: {
      owed: 'Under way',
      waiting: 'Waiting',
      started: 'Under way',
      done: 'Done',
      failed: 'Could not be done',
      unknown: 'Nobody can tell',
      skipped: 'Skipped',
    },
    entered: (stage: string) => `entered ${stage}`,
  },

  enable: 'Switch on',
  enabled: 'It is on, from now on.',
  disable: 'Switch off',
  disabled: 'It is off. What waited for it was withdrawn.',

  remove: {
    title: 'Delete',
    text: 'Ends the rule for good.',
    act: 'Delete the rule',
    ask: (name: string) => `Delete ${name}?`,
    what: 'What was sent stays sent, with its results. What still waits for an e-mail address is withdrawn. Candidates who reach the stage get nothing from it any more.',
    done: (name: string) => `${name} is deleted.`,
  },
};
