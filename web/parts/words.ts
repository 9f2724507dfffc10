/** What parts that all screens share say. */
export const words = {
  enlarge: (what: string) => `Enlarge the picture: ${what}`,
  loading: 'Loading',
  more: 'Show more',
  shown: (count: number) => (count === 1 ? '1 shown' : `${String(count)} shown`),
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  copy: 'Copy',
  copied: 'Copied',
  requestId: (id: string) => `Request ${id}`,
  notAllowed: {
    title: 'Not for your role',
    text: 'Your role may not open this page. A Super Admin can give you another role.',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'This address leads nowhere. It may have been mistyped, or what stood here is gone.',
    home: 'Go to Today',
  },
  unsaved: {
    title: 'Leave without saving?',
    text: 'What you changed on this page is not saved yet.',
    stay: 'Stay here',
    leave: 'Leave without saving',
  },
  failed: 'This did not work',
};
