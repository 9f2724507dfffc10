import type { Candidate } from '#core/model.ts';

/** Somebody as an ATS tells of them; a test says what is different of its own. */
export const applicant: Candidate = {
  remoteId: 'r1',
  personId: 'p1',
  name: 'Ada',
  email: null,
  stageId: 's',
  tags: [],
  jobId: null,
  archived: false,
  entries: [],
  url: '',
};
