/** What can happen to test sessions: the API and the pages act through this. */
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { refuse } from './refuse.ts';
import {
  hour,
  makeId,
  nextRandom,
  type Session,
  type State,
  type Suspicion,
  type Test,
} from './state.ts';
import type { EventType, Webhooks } from './webhooks.ts';

/** `TestSessionInput` of the schema. */
export interface SessionFields {
  testId: string;
  candidateFirstName?: string | null;
  candidateLastName?: string | null;
  candidateEmail?: string | null;
  noInvitationEmail?: boolean | null;
  preferExisting?: boolean | null;
  customDuration?: number | null;
  expireDuration?: number | null;
  externalId?: string | null;
  postSessionRedirectUrl?: string | null;
}

/** How long an invitation can be taken where nobody says [inferred]. */
const usualLife = 168 * hour;

const given = (value: string | null | undefined): string | null => value?.trim() || null;

export type Sessions = ReturnType<typeof createSessions>;

export const createSessions = (setup: {
  options: EmulatorOptions;
  state: State;
  webhooks: Webhooks;
}) => {
  const { options, state, webhooks } = setup;
  const cancels = new Map<string, () => void>();

  const testOf = (id: string): Test =>
    state.tests.find((one) => one.id === id) ?? refuse('NOT_FOUND', 'Test not found');

  const find = (id: string): Session =>
    state.sessions.find((one) => one.id === id) ?? refuse('NOT_FOUND', 'Test session not found');

  const nameOf = (session: Session): string =>
    [session.firstName, session.lastName].filter((part) => part !== null).join(' ');

  const urlOf = (session: Session): string => `${options.origin}/invite/${session.id}`;
  const resultUrlOf = (session: Session): string =>
    `${options.origin}/test-result/${session.id}?accessToken=${session.accessToken}`;
  const maxScoreOf = (session: Session): number =>
    testOf(session.testId).tasks.reduce((sum, task) => sum + task.maxScore, 0);

  /** 200 to 600, as the newer coding score runs; only for tests that have one. */
  const codingScoreOf = (session: Session): number | null =>
    session.score === null || !testOf(session.testId).codingScore
      ? null
      : Math.round(200 + (session.score / maxScoreOf(session)) * 400);

  const announce = (
    event: EventType,
    session: Session,
    more: Record<string, unknown> = {},
  ): void => {
    webhooks.announce(event, {
      testSessionId: session.id,
      testId: session.testId,
      testTitle: testOf(session.testId).title,
      candidateEmail: session.email,
      candidateName: nameOf(session),
      ...(session.externalId === null ? {} : { externalId: session.externalId }),
      ...more,
    });
    options.changed();
  };

  const outcomeOf = (session: Session, withUrl: boolean): Record<string, unknown> => {
    const codingScore = codingScoreOf(session);
    return {
      duration: (session.finishDate ?? 0) - (session.startDate ?? 0),
      score: session.score,
      maxScore: maxScoreOf(session),
      ...(codingScore === null
        ? {}
        : { versionedCodingScore: { version: 'codingScore2023', value: codingScore } }),
      ...(withUrl ? { plagiarismLabel: session.suspicion, url: resultUrlOf(session) } : {}),
    };
  };

  const mail = (session: Session): void => {
    if (session.email === null) return;
    const { title } = testOf(session.testId);
    options.deliverMail({
      from: 'no-reply@codesignal.example',
      to: session.email,
      subject: `${state.company.name} invites you to: ${title}`,
      text: `Hello ${session.firstName ?? ''},\n\nplease take this assessment:\n${urlOf(session)}\n\nGood luck!`,
      sentAt: options.now(),
    });
  };

  const expire = (session: Session): boolean => {
    if (session.status !== 'pending') return false;
    session.status = 'expired';
    announce('preScreenExpired', session, { expiredReason: 'testNotTaken' });
    return true;
  };

  const watch = (session: Session): void => {
    cancels.get(session.id)?.();
    const left = Math.max(0, session.expirationDate - options.now());
    cancels.set(
      session.id,
      options.later(left, () => {
        expire(session);
      }),
    );
  };

  for (const one of state.sessions) if (one.status === 'pending') watch(one);

  return {
    state,
    testOf,
    find,
    nameOf,
    urlOf,
    resultUrlOf,
    maxScoreOf,
    codingScoreOf,
    expire,

    create(fields: SessionFields): Session {
      testOf(fields.testId);
      const email = given(fields.candidateEmail);
      if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email))
        refuse('BAD_USER_INPUT', 'candidateEmail is not a valid email');
      if (email === null && fields.noInvitationEmail !== true)
        refuse('BAD_USER_INPUT', 'candidateEmail is required to send an invitation');
      const existing = state.sessions.find(
        (one) =>
          one.testId === fields.testId &&
          (one.status === 'pending' || one.status === 'active') &&
          one.email !== null &&
          one.email.toLowerCase() === email?.toLowerCase(),
      );
      if (existing && fields.preferExisting === true) return existing;
      const random = nextRandom(options.seed, state);
      const session: Session = {
        id: makeId(random),
        testId: fields.testId,
        status: 'pending',
        email,
        firstName: given(fields.candidateFirstName),
        lastName: given(fields.candidateLastName),
        externalId: given(fields.externalId),
        createDate: options.now(),
        startDate: null,
        finishDate: null,
        expirationDate: options.now() + (fields.expireDuration ?? usualLife),
        customDuration: fields.customDuration ?? null,
        postSessionRedirectUrl: given(fields.postSessionRedirectUrl),
        score: null,
        answer: '',
        verificationStatus: null,
        rejectionReasons: [],
        integrityReviewSuggested: null,
        suspicion: 'none',
        accessToken: makeId(random, 24),
      };
      state.sessions.push(session);
      watch(session);
      announce('companyTestSessionCreated', session);
      if (fields.noInvitationEmail !== true) mail(session);
      return session;
    },

    resend(session: Session): Session {
      if (session.status !== 'pending') refuse('BAD_USER_INPUT', 'The session is not pending');
      mail(session);
      return session;
    },

    extend(session: Session, expirationDate: number): Session {
      if (expirationDate <= session.expirationDate)
        refuse('BAD_USER_INPUT', 'The expiration date can only be extended');
      session.expirationDate = expirationDate;
      watch(session);
      options.changed();
      return session;
    },

    /** Nothing documented protects a session that was begun; a client has to look first. */
    remove(session: Session): void {
      if (session.status === 'deleted') refuse('NOT_FOUND', 'Test session not found');
      session.status = 'deleted';
      options.changed();
    },

    start(session: Session): boolean {
      if (session.status !== 'pending') return false;
      session.status = 'active';
      session.startDate = options.now();
      announce('companyTestSessionStarted', session);
      return true;
    },

    decline(session: Session): boolean {
      if (session.status !== 'pending') return false;
      session.status = 'declined';
      announce('preScreenCandidateDeclined', session);
      return true;
    },

    finish(session: Session, percent: number, answer: string): boolean {
      if (session.status !== 'active') return false;
      const { proctored } = testOf(session.testId);
      session.status = 'over';
      session.finishDate = options.now();
      session.score = Math.round((maxScoreOf(session) * percent) / 100);
      session.answer = answer;
      session.verificationStatus = proctored ? 'pending' : null;
      session.integrityReviewSuggested = proctored ? null : false;
      if (proctored)
        announce('preScreenResultVerificationPending', session, outcomeOf(session, false));
      else announce('companyTestSessionFinished', session, outcomeOf(session, true));
      return true;
    },

    /** The vendor's reviewers decide on a proctored result; a reason means that it does not count. */
    verify(session: Session, rejectedReason: string | null): boolean {
      if (session.verificationStatus !== 'pending') return false;
      const rejectedReasons = rejectedReason === null ? [] : [rejectedReason];
      session.verificationStatus = rejectedReason === null ? 'verified' : 'notVerified';
      session.rejectionReasons = rejectedReasons;
      if (rejectedReason === null)
        announce('preScreenResultVerified', session, outcomeOf(session, true));
      else announce('preScreenResultNotVerified', session, { rejectedReasons });
      return true;
    },

    /** What the comparison of solutions found, for tests without proctoring. */
    review(session: Session, suspicion: Suspicion): boolean {
      if (session.status !== 'over' || session.verificationStatus !== null) return false;
      session.suspicion = suspicion;
      session.integrityReviewSuggested = suspicion === 'medium' || suspicion === 'high';
      announce('preScreenIntegrityReviewUpdated', session, {
        integrityReviewSuggested: session.integrityReviewSuggested,
      });
      return true;
    },

    stop(): void {
      for (const cancel of cancels.values()) cancel();
    },
  };
};
