export const words = {
  acts: {
    retry: 'Try again',
    skip: 'Skip it',
    it_happened: 'It happened',
    it_did_not: 'It did not',
  },
  say: 'Say what you saw',
  named: (act: string, what: string): string => `${act}: ${what}`,
  decided: 'Noted. The hub goes on from there.',
  unknown: {
    title: 'Did it happen?',
    text: (vendor: string): string =>
      `The answer of ${vendor} was lost, and it cannot be asked. Look there, then say what you saw.`,
    happened: 'It is there: the hub goes on as if it had been told so.',
    didNot: 'It is not there: the hub does it again.',
  },
};
