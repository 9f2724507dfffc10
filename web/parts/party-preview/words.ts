/** What the preview of mails and invites says. */
export const words = {
  kinds: {
    candidate_mail: "Candidate's mail",
    candidate_invite: "Candidate's invite",
    interviewer_invite: "Interviewers' invite",
  },
  itinerary: 'Itinerary',
  itineraryOf: { candidate: 'As the candidate reads it', interviewers: 'As interviewers read it' },
  to: 'To',
  noAddress:
    'The candidate has no e-mail address in the ATS, or one that cannot be written to: this waits for one.',
  when: 'When',
  where: 'Where',
  subject: 'Subject',
  title: 'Title',
  creates: 'Will be made when it is sent',
  createsNothing: 'No session and no test is made.',
  wrong: 'What is wrong',
  look: 'Worth a look',
  stops: 'This has to be put right before it can be sent.',
  empty: 'Nothing is known for',
  emptyIn: {
    candidate_mail: "in the candidate's mail",
    candidate_invite: "in the candidate's invite",
    interviewer_invite: "in the interviewers' invite",
    itinerary: 'in the itinerary',
    note: 'in the note',
  } as Record<string, string>,
  leaves: (sentence: string) => `It leaves: “${sentence}”`,
  leavesNothing: 'The line is left out.',
  legend: 'Highlighted: what variables stand for. Point at one to see which.',
  noMails: 'Nothing would be sent.',
};
