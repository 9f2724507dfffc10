/** What the screens of pools say. */
export const words = {
  title: 'Pools',
  lead: 'People who may fill the same seat, by their tags. Whoever gets the tags is in, from then on.',
  list: 'Pools',
  back: 'Pools',
  add: 'New pool',
  none: 'No pool yet',
  noneText:
    'A pool is an expression over tags, such as “backend AND NOT trainee”. Templates then ask for one of the pool instead of naming people.',
  noneToSee: 'An Admin makes pools here; templates ask for their members.',

  form: {
    title: 'New pool',
    name: 'Name',
    expression: 'Who is in it',
    hint: 'Tags joined by AND, OR and NOT, with brackets where needed. Tags of several words stand in quotation marks.',
    example: 'backend AND (senior OR "tech lead") AND NOT trainee',
    tags: 'Tags that people have',
    insert: (tag: string) => `Add the tag ${tag}`,
    create: 'Make the pool',
    save: 'Save',
    made: (name: string) => `${name} is made.`,
    saved: 'Saved.',
  },

  members: {
    title: 'Members now',
    list: 'Members',
    type: 'Write an expression, and see here who is in the pool.',
    count: (count: number) => (count === 1 ? '1 person' : `${String(count)} people`),
    none: 'Nobody',
    noneText: 'No active person has these tags. Give them under People.',
    unused: (tags: string) => `Nobody active has the tag: ${tags}. Is it written as at the people?`,
  },

  remove: {
    title: 'Delete',
    text: 'The people and their tags stay.',
    act: 'Delete the pool',
    ask: (name: string) => `Delete ${name}?`,
    what: 'Interviews that are planned stay as they are.',
    used: (names: string) =>
      `These templates ask for it and find nobody without it: ${names}. Give them another pool first.`,
    done: (name: string) => `${name} is deleted.`,
  },
};
