export const words = {
  forgot: {
    title: 'Forgot your password?',
    lead: 'We send a link for a new one to your address. It is good for an hour.',
    email: 'E-mail',
    submit: 'Send the link',
    sent: (email: string) =>
      `If ${email} has an account here, a mail is on its way. Look into the spam folder as well. Where none comes, a Super Admin can make a link for you.`,
  },
  reset: {
    title: 'Set a new password',
    lead: 'You are signed out everywhere else.',
    password: 'New password',
    hint: (shortest: number) =>
      `At least ${String(shortest)} characters. A few words in a row are easy to remember and hard to guess.`,
    submit: 'Set the password',
  },
  back: 'Back to signing in',
};
