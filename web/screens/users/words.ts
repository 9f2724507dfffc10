/** What the screens of users say. */
export const words = {
  title: 'Users',
  lead: 'Who may sign in, and as what. Interviewers need no account to be invited to interviews.',
  list: 'Users',
  back: 'Users',
  you: 'You',
  inactive: 'Shut out',
  none: 'No users',
  noneText: 'Users come by invitation.',

  roles: {
    super_admin: 'Everything: accounts at vendors, users, company settings.',
    admin: 'Rules, templates, pools and tags; schedules for everybody.',
    team_member: 'Schedules for everybody; sees rules and templates.',
    limited_team_member: 'Schedules for the jobs whose hiring team they are on.',
    interviewer: 'Their own interviews, hours and limits.',
  },

  invite: {
    act: 'Invite somebody',
    title: 'Invite somebody',
    email: 'E-mail',
    emailHint: 'It decides which jobs and interviews are their own.',
    role: 'Role',
    submit: 'Invite',
    sent: (email: string) => `The invitation is on its way to ${email}.`,
    byHand: 'No mail server is connected: hand this link over yourself. It is shown only now.',
    link: 'Link',
  },

  invitations: {
    title: 'Invitations without an answer',
    list: 'Invitations',
    none: 'Everybody who was invited has answered',
    noneText: 'Whoever is invited stands here until they join.',
    by: (name: string) => `invited by ${name}`,
    until: 'good until',
    over: 'ran out',
    resend: 'New link',
    resendNamed: (email: string) => `New link for ${email}`,
    withdraw: 'Withdraw',
    withdrawNamed: (email: string) => `Withdraw the invitation of ${email}`,
    ask: (email: string) => `Withdraw the invitation of ${email}?`,
    askText: 'Its link stops working at once. You can invite them again.',
    withdrawn: 'The invitation is withdrawn.',
  },

  one: {
    change: 'Name and role',
    name: 'Name',
    role: 'Role',
    since: 'Since',
    save: 'Save',
    saved: 'Saved. It holds from their next click on.',
    last: 'This is the last active Super Admin, who stays one, so that nobody is locked out. Make somebody else Super Admin first.',
  },

  sessions: {
    title: 'Where they are signed in',
    list: 'Sessions',
    none: 'Nowhere',
    noneText: 'When they sign in, the device stands here.',
    used: 'Last used',
    from: (address: string) => `from ${address}`,
    current: 'This one',
    end: 'End',
    endNamed: (device: string) => `End the session on ${device}`,
    ended: 'The session is ended.',
    endAll: 'End all',
    endedAll: (count: number) =>
      count === 1 ? 'One session is ended.' : `${String(count)} sessions are ended.`,
  },

  password: {
    title: 'New password',
    text: 'For somebody who cannot sign in and gets no mail: a link by which they set a new password. It works once, for a day; links made before stop working. Their password stays until they use it.',
    act: 'Make a link',
    ask: (name: string) => `Make a link to ${name}’s account?`,
    askText:
      'Whoever has the link can sign in as them. Hand it over so that nobody else sees it. It is written to the audit log.',
    made: 'Hand it over yourself; it is shown only now.',
    link: 'Link',
    until: 'Good until',
  },

  access: {
    title: 'Access',
    deactivate: 'Shut out',
    deactivateText:
      'Their sessions end, their calendar feed is turned off, and keys that act as them are refused. What they did stays.',
    ask: (name: string) => `Shut ${name} out?`,
    deactivated: (name: string) => `${name} cannot sign in any more.`,
    reactivate: 'Let in again',
    reactivateText: 'They cannot sign in. Let in again, they use the same password.',
    reactivated: (name: string) => `${name} may sign in again.`,
  },
};
