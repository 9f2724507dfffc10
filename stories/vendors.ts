/** The other side as a story sees it: each vendor's own API, called with the account's key. */
import assert from 'node:assert/strict';
import type { World } from './world.ts';

/** As much of the world as the vendor's side needs. */
type Side = Pick<World, 'emulator' | 'form'>;

interface Opportunity {
  id: string;
  name: string;
  emails: string[];
  stage: string;
  tags: string[];
  links: string[];
  archived: unknown;
  applications: string[];
}

const basic = (key: string): string => `Basic ${Buffer.from(`${key}:`).toString('base64')}`;

const json = async <T>(response: Response): Promise<T> => {
  const text = await response.text();
  assert.ok(response.status < 300, `${response.url}: ${String(response.status)} ${text}`);
  return JSON.parse(text) as T;
};

/** Notes by the hub carry their ref; the seeded accounts have notes by people, too. */
const isOurs = (text: string): boolean => text.includes('[ref:');

export const leverOf = (world: Side) => {
  const { apiBase = '', apiKey = '' } = world.emulator('lever').credentials();
  const get = async <T>(at: string): Promise<T> =>
    (
      await json<{ data: T }>(
        await fetch(apiBase + at, { headers: { authorization: basic(apiKey) } }),
      )
    ).data;
  const opportunities = () => get<Opportunity[]>('/opportunities?limit=100');
  return {
    opportunity: (id: string) => get<Opportunity>(`/opportunities/${id}`),
    links: async (id: string) => (await get<Opportunity>(`/opportunities/${id}`)).links,
    /** Active candidates in New Applicant on a job, with an address or without one. */
    async applicants(which: 'with address' | 'without address'): Promise<Opportunity[]> {
      const all = await opportunities();
      return all.filter(
        (one) =>
          one.stage === 'applicant-new' &&
          one.archived === null &&
          one.applications.length > 0 &&
          one.emails.length > 0 === (which === 'with address'),
      );
    },
    async stage(text: string): Promise<string> {
      const stages = await get<Array<{ id: string; text: string }>>('/stages');
      const stage = stages.find((one) => one.text.toLowerCase() === text.toLowerCase());
      assert.ok(stage, `Lever has no stage ${text}`);
      return stage.id;
    },
    postings: () => get<Array<{ id: string; text: string; tags: string[] }>>('/postings'),
    panels: (id: string) => get<Array<{ id: string }>>(`/opportunities/${id}/panels`),
    webhooks: () => get<Array<{ id: string; event: string; url: string }>>('/webhooks'),
    /** Texts of the hub's notes on a timeline, oldest first, deleted ones left out. */
    async notes(id: string): Promise<string[]> {
      const notes = await get<
        Array<{ createdAt: number; deletedAt: number | null; fields: Array<{ value: string }> }>
      >(`/opportunities/${id}/notes`);
      return notes
        .filter((note) => note.deletedAt === null)
        .sort((a, b) => a.createdAt - b.createdAt)
        .map((note) => note.fields.map((field) => field.value).join('\n'))
        .filter(isOurs);
    },
    move: (id: string, stage: string) => world.form(`/lever/candidates/${id}/stage`, { stage }),
    async archive(id: string): Promise<void> {
      const [reason] = await get<Array<{ id: string }>>('/archive_reasons?type=non-hired');
      await world.form(`/lever/candidates/${id}/archive`, { reason: reason?.id ?? '' });
    },
    unarchive: (id: string) => world.form(`/lever/candidates/${id}/unarchive`),
    tag: (id: string, tag: string) => world.form(`/lever/candidates/${id}/tags`, { tag }),
    setEmail: (id: string, email: string) => world.form(`/lever/candidates/${id}/email`, { email }),
  };
};

export type Lever = ReturnType<typeof leverOf>;

interface Application {
  id: string;
  status: string;
  candidate: { id: string; name: string; primaryEmailAddress?: { value: string } };
  currentInterviewStage: { id: string; title: string; interviewPlanId: string };
}

interface Schedule {
  id: string;
  status: string;
  interviewEvents: Array<{
    id: string;
    startTime: string;
    feedbackLink: string;
    interviewerUserIds: string[];
    hasSubmittedFeedback: boolean;
  }>;
}

export const ashbyOf = (world: Side) => {
  const { apiBase = '', apiKey = '' } = world.emulator('ashby').credentials();
  const call = async <T>(endpoint: string, body: object): Promise<T> => {
    const answer = await json<{ success: boolean; results: T }>(
      await fetch(`${apiBase}/${endpoint}`, {
        method: 'POST',
        headers: { authorization: basic(apiKey), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
    assert.equal(answer.success, true, JSON.stringify(answer));
    return answer.results;
  };
  return {
    async applicants(which: 'with address' | 'without address'): Promise<Application[]> {
      const all = await call<Application[]>('application.list', { limit: 100 });
      return all.filter(
        (one) =>
          one.status === 'Active' &&
          one.currentInterviewStage.title === 'Application Review' &&
          (one.candidate.primaryEmailAddress !== undefined) === (which === 'with address'),
      );
    },
    async stage(application: Application, title: string): Promise<string> {
      const { interviewPlanId } = application.currentInterviewStage;
      const stages = await call<Array<{ id: string; title: string }>>('interviewStage.list', {
        interviewPlanId,
      });
      const stage = stages.find((one) => one.title === title);
      assert.ok(stage, `Ashby has no stage ${title}`);
      return stage.id;
    },
    /** Contents of the hub's notes on a candidate, oldest first. */
    async notes(candidateId: string): Promise<string[]> {
      const notes = await call<Array<{ content: string; createdAt: string }>>(
        'candidate.listNotes',
        { candidateId },
      );
      return notes
        .sort((a, b) => a.createdAt.localeCompare(b.createdAt))
        .map((note) => note.content)
        .filter(isOurs);
    },
    move: (application: Application, stage: string) =>
      world.form(`/ashby/candidates/${application.candidate.id}/stage`, {
        stage,
        application: application.id,
      }),
    /** The application's interview schedules, oldest first. */
    schedules: (applicationId: string) =>
      call<Schedule[]>('interviewSchedule.list', { applicationId }),
    cancelSchedule: (application: Application, { id }: Schedule) =>
      world.form(`/ashby/candidates/${application.candidate.id}/interviews/cancel`, {
        schedule: id,
      }),
    setEmail: (application: Application, email: string) =>
      world.form(`/ashby/candidates/${application.candidate.id}/email`, { email }),
  };
};

export type Ashby = ReturnType<typeof ashbyOf>;

interface Session {
  id: number;
  status: string;
  campaign_id: number;
  candidate_email: string | null;
  test_url: string;
}

export const codingameOf = (world: Side) => {
  const { apiBase = '', apiKey = '' } = world.emulator('codingame').credentials();
  const get = async <T>(at: string): Promise<T> =>
    json<T>(await fetch(`${apiBase}/assessment/api/v1.1${at}`, { headers: { 'api-key': apiKey } }));
  return {
    campaigns: () => get<Array<{ id: number; name: string; archived: boolean }>>('/campaigns'),
    async tests(email?: string): Promise<Session[]> {
      const query = email === undefined ? '' : `?candidateEmail=${encodeURIComponent(email)}`;
      return (await get<{ tests: Session[] }>(`/tests${query}`)).tests;
    },
    webhook: () => get<{ url?: string }>('/webhook'),
    /** The candidate opens the link of the mail, takes the test and hands it in. */
    async take(testUrl: string, score: number): Promise<void> {
      const at = new URL(testUrl).pathname;
      await world.form(`${at}/start`);
      await world.form(`${at}/finish`, { score: String(score) });
    },
  };
};

export const codeinterviewOf = (world: Side) => {
  const { apiBase = '', apiKey = '' } = world.emulator('codeinterview').credentials();
  return {
    pads: async () =>
      json<Array<{ id: string; name: string; ended_at: number | null }>>(
        await fetch(`${apiBase}/1/pads?key=${apiKey}`),
      ),
  };
};

interface CodilitySession {
  url: string;
  candidate: string;
  email: string | null;
  test_link: string;
}

export const codilityOf = (world: Side) => {
  const { apiBase = '', apiKey = '' } = world.emulator('codility').credentials();
  const list = async <T>(at: string): Promise<T[]> => {
    const headers = { authorization: `Bearer ${apiKey}` };
    return (await json<{ results: T[] }>(await fetch(`${apiBase}${at}`, { headers }))).results;
  };
  const idOf = (session: CodilitySession): string => session.url.split('/').at(-2) ?? '';
  return {
    tests: () => list<{ id: number; name: string }>('/tests/?is_archived=False'),
    sessions: async (email: string) =>
      (await list<CodilitySession>('/sessions/')).filter((one) => one.email === email),
    interviews: () => list<{ id: string; interview_link: string }>('/interviews/'),
    /** The candidate opens the link of the mail, takes the test and submits it. */
    async take(session: CodilitySession, score: number): Promise<void> {
      const at = new URL(session.test_link).pathname;
      await world.form(`${at}start`);
      await world.form(`${at}finish`, { score: String(score) });
    },
    /** The similarity check ends, which it does after the result was told. */
    compare: (session: CodilitySession, verdict: string) =>
      world.form(`/codility/sessions/${idOf(session)}/similarity`, { verdict }),
  };
};
