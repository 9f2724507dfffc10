export const words = {
  title: 'Welcome to Loopwright',
  lead: 'Make the first account. It is a Super Admin: it connects your ATS and coding platforms, and invites the others.',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  passwordHint: (shortest: number) =>
    `At least ${String(shortest)} characters. A few words in a row are easy to remember and hard to guess.`,
  submit: 'Make the account',
};
