export const words = {
  title: 'Sign in',
  email: 'E-mail',
  password: 'Password',
  submit: 'Sign in',
  forgot: 'Forgot your password?',
  sso: (name: string) => `Sign in with ${name}`,
  or: 'or',
  reset: 'Your password is set. Sign in with it.',
  setupNeeded: {
    link_made:
      'Nobody has an account here yet. Open the set-up link that the hub printed when it started, and wrote into its log.',
    link_expired:
      'Nobody has an account here yet, and the set-up link has expired. Run “loopwright setup-link” on the machine of the hub to make a new one.',
  },
  /** By the code that single sign-on comes back with. */
  sso_errors: {
    provider_away: 'The sign-on service did not answer. Try again in a moment.',
    access_denied: 'The sign-on service refused. Ask whoever runs it to let you in.',
    signup_disabled:
      'You proved who you are, but there is no account for your address here. Ask a Super Admin to invite you.',
  } as Record<string, string>,
  sso_failed: (code: string) =>
    `Single sign-on did not work (${code}). Try again, or sign in with your password.`,
};
