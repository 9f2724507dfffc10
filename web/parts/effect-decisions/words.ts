export const words = {
  acts: {
    retry: 'Try again',
    skip: 'Skip it',
    say: 'Say what you saw',
    it_happened: 'It happened',
    it_did_not: 'It did not',
  },
  named: (act: string, what: string): string => `${act}: ${what}`,
  decided: 'Noted. The hub goes on from there.',
  unknown: {
    title: 'Did it happen?',
    text: (vendor: string): string =>
      `The answer of ${vendor} was lost, and it cannot be asked. Look there, then say what you saw.`,
    it_happened: 'It is there: the hub goes on as if it had been told so.',
    it_did_not: 'It is not there: the hub does it again.',
  },
};
