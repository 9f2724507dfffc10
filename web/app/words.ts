/** What the frame around all screens says. */
export const words = {
  product: 'Loopwright',
  skip: 'Skip to the content',
  navigation: 'Main',
  openMenu: 'Open the menu',
  closeMenu: 'Close the menu',
  account: 'Your account',
  signOut: 'Sign out',
  sandbox: {
    title: 'Sandbox',
    text: 'This hub talks to a sandbox: vendors and mails are played. Their side:',
    mailbox: 'Mailbox',
  },
  outbox: {
    title: 'Mails are not sent',
    text: 'No mail server is connected: invites and mails are kept in the outbox, and nobody gets them.',
    open: 'Open the outbox',
    connect: 'Connect a mail server',
  },
  scheme: { label: 'Appearance', light: 'Light', dark: 'Dark', auto: 'As the system' },
  roles: {
    super_admin: 'Super Admin',
    admin: 'Admin',
    team_member: 'Team Member',
    limited_team_member: 'Limited Team Member',
    interviewer: 'Interviewer',
  },
  away: {
    title: 'No connection to the hub',
    text: 'What you see may be old, and nothing you typed is lost. It goes on by itself as soon as the hub answers again.',
  },
  again: {
    title: 'Sign in again',
    text: 'Your session has ended. What you typed on this page is still there: sign in, then press the button once more.',
    submit: 'Sign in and go on',
    sso: (name: string) => `Sign in with ${name} in a new tab`,
    ssoDone: 'I have signed in there',
    leave: 'Leave this page',
  },
};
