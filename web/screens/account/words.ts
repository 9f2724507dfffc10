export const words = {
  title: 'Your account',
  lead: (name: string, role: string) => `${name}, ${role}.`,
  sessions: {
    title: 'Where you are signed in',
    lead: 'End a session that you do not know, then change your password.',
    list: 'Your sessions',
    current: 'This one',
    used: 'Last used',
    from: (address: string) => `from ${address}`,
    end: 'End',
    endNamed: (device: string) => `End the session on ${device}`,
    endOthers: 'End all others',
    ended: 'The session has ended.',
    endedOthers: (count: number) =>
      count === 1 ? 'One session has ended.' : `${String(count)} sessions have ended.`,
    none: 'No session to show',
    noneText: 'You are not signed in by a browser.',
  },
  password: {
    title: 'Change your password',
    current: 'Current password',
    next: 'New password',
    hint: (shortest: number) =>
      `At least ${String(shortest)} characters. All your other sessions end.`,
    submit: 'Change the password',
    done: 'Your password is changed.',
  },
};
