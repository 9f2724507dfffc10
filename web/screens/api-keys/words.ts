/** What the screen of API keys says. */
export const words = {
  title: 'API keys',
  lead: 'For programs that work with the hub over its API. A key is shown once, when it is made.',
  docs: 'The API’s description',
  list: 'API keys',
  none: 'No key yet',
  noneText:
    'Make one for each program, with the smallest role that it needs, so that each can be revoked by itself.',
  add: 'New key',
  as: (email: string) => `acts as ${email}`,
  made: 'Made',
  used: 'last used',
  never: 'never used',

  create: {
    title: 'New API key',
    name: 'Name',
    nameHint: 'What uses it, so that you know it again.',
    role: 'Role',
    email: 'Acts as',
    emailHint:
      'The address of a person, which decides whose jobs and interviews are its own. Left empty, it has none of its own.',
    submit: 'Make the key',
    shown: 'Copy it now: it is not shown again. Whoever has it may do what its role may.',
    key: 'Key',
    done: 'I have copied it',
  },

  revoke: {
    act: 'Revoke',
    named: (name: string) => `Revoke ${name}`,
    ask: (name: string) => `Revoke ${name}?`,
    text: 'Whatever uses it is refused from now on. This cannot be taken back; a new key can be made.',
    done: (name: string) => `${name} is revoked.`,
  },
};
