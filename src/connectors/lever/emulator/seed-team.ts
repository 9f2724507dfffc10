/** The account's users, one or more of every role, and its postings. */
import type { PostingRecord, UserRecord } from './state.ts';
import type { Mint } from './mint.ts';

const day = 86_400_000;

const people = [
  ['Sade Okafor', 'super admin', 'Head of People'],
  ['Alex Martin', 'admin', 'Recruiting operations'],
  ['Tomoko Mori', 'team member', 'Recruiter'],
  ['Lena Limited', 'limited team member', 'Recruiter'],
  ['Ivan Petrov', 'interviewer', 'Software engineer'],
  ['Ines Castro', 'interviewer', 'Staff engineer'],
  ['Hugo Blanc', 'team member', 'Engineering manager'],
  ['Dana Gone', 'interviewer', 'Software engineer'],
] as const;

export const seedUsers = (mint: Mint, now: number): UserRecord[] =>
  people.map(([name, accessRole, jobTitle], number) => {
    const username = name.toLowerCase().replace(' ', '.');
    return {
      id: mint.uuid(),
      name,
      username,
      email: `${username}@company.example`,
      accessRole,
      createdAt: now - 400 * day,
      deactivatedAt: number === people.length - 1 ? now - 30 * day : null,
      jobTitle,
      managerId: null,
    };
  });

const jobs = [
  ['Backend Engineer', 'Engineering', 'Platform', 'Paris', 'published', []],
  ['Frontend Engineer', 'Engineering', 'Web', 'Berlin', 'published', []],
  [
    'Data Scientist',
    'Research & Development',
    'Data',
    'San Francisco, CA',
    'published',
    ['campus'],
  ],
  ['Engineering Manager', 'Engineering', 'Platform', 'Paris', 'internal', []],
  ['Account Executive', 'Sales', 'Enterprise', 'Toronto', 'published', []],
  ['Support Specialist', 'Customer Success', 'Support', 'Lisbon', 'closed', []],
] as const;

export const seedPostings = (
  mint: Mint,
  users: readonly UserRecord[],
  now: number,
): PostingRecord[] => {
  const idOf = (number: number): string => users[number]?.id ?? '';
  return jobs.map(([text, department, team, location, state, tags], number) => ({
    id: mint.uuid(),
    text,
    state,
    categories: { commitment: 'Full-time', department, level: 'Senior', location, team },
    tags: [...tags],
    user: idOf(1),
    owner: idOf(2 + (number % 2)),
    hiringManager: idOf(6),
    followers: [idOf(4), idOf(5)],
    confidentiality: 'non-confidential',
    reqCode: `REQ-${String(100 + number)}`,
    country: 'FR',
    workplaceType: 'hybrid',
    description: `We are looking for a ${text}.`,
    createdAt: now - (200 - number) * day,
    updatedAt: now - (100 - number) * day,
  }));
};
