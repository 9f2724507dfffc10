/** What is said of a calendar feed wherever it stands. */
export const words = {
  off: 'Turned off.',
  since: 'Turned on',
  read: 'Read by a calendar',
  neverRead: 'Not read by a calendar yet.',
  turnOff: 'Turn off',
  ask: 'Turn off the calendar feed?',
  isOff: 'The calendar feed is off.',
};
