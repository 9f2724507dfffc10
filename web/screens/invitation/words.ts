export const words = {
  title: 'Join Loopwright',
  lead: (who: string, role: string) => `${who} invites you to this hub for interviews, as ${role}.`,
  email: 'E-mail',
  name: 'Your name',
  password: 'Password',
  hint: (shortest: number) =>
    `At least ${String(shortest)} characters. A few words in a row are easy to remember and hard to guess.`,
  submit: 'Join',
};
