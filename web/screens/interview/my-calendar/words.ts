export const words = {
  title: 'In my calendar',
  text: 'Shows your interviews in any calendar, also where no invites arrive, such as a private one or on another phone. It follows every change.',
  turnOn: 'Turn on',
  renew: 'New address',
  askRenew: {
    title: 'Make a new address?',
    text: 'The address of now stops at once, and the calendars that have it show your interviews no longer. Enter the new one there.',
  },
  askOff:
    'Its address stops at once, and the calendars that have it show your interviews no longer. Invites by mail stay as they are.',
  made: {
    title: 'The address of your calendar',
    once: 'It is shown only here: enter it in your calendar now. Whoever has it can read your interviews, so give it to nobody.',
    address: 'Address',
    done: 'Done',
    how: 'How to enter it',
    apps: [
      {
        name: 'Google Calendar',
        steps: [
          'Open Google Calendar on a computer.',
          'Beside “Other calendars”, press + and choose “From URL”.',
          'Paste the address and press “Add calendar”.',
        ],
      },
      {
        name: 'Outlook',
        steps: [
          'Open the calendar in Outlook and press “Add calendar”.',
          'Choose “Subscribe from web”.',
          'Paste the address, give it a name and press “Import”.',
        ],
      },
      {
        name: 'Apple Calendar',
        steps: [
          'On a Mac, choose “File”, then “New Calendar Subscription”.',
          'On an iPhone, open “Settings”, then the accounts of “Calendar”, and add a subscribed calendar there.',
          'Paste the address and press “Subscribe”.',
        ],
      },
    ],
    late: 'Google and Outlook look for changes every few hours. They read the address from the internet: where this hub is reachable inside your network alone, use a calendar on your own device.',
  },
};
