/** What the screen of the company's scheduling defaults says. */
export const words = {
  title: 'Scheduling defaults',
  lead: 'What holds for every interview, unless its template or the interview itself says otherwise.',
  company: 'The company',
  name: 'Name',
  nameHint: 'Texts call it $Company.Name.',
  website: 'Website',
  phone: 'Phone',
  undo: 'Undo after Send',
  undoHint: 'For so many seconds Undo takes back all of it; 0 sends at once.',
  organizer: 'Organizer of invites',
  organizerHint: 'Whose name and address invites carry where no mail server says otherwise.',
  organizerSwitch: 'Name an organizer',
  organizerName: 'Name of the organizer',
  organizerAddress: 'E-mail address of the organizer',
  save: 'Save',
  saved: 'Saved. Interviews that are scheduled keep what they were scheduled with.',
};
