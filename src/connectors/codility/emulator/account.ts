/** What can happen in an emulated account: both the API and the pages act through this. */
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { seededText } from '#connectors/emulator-data.ts';
import type { WebhookSender } from '#connectors/emulator-webhooks.ts';
import { presentSession } from './present.ts';
import { newSessionId, newToken, nextRandom } from './state.ts';
import type { Session, State, Test } from './state.ts';

export interface Invitation {
  candidate: string;
  firstName: string;
  lastName: string;
  email: string | null;
  callbacks: Session['callbacks'];
}

export type Account = ReturnType<typeof createAccount>;

export const createAccount = (setup: {
  options: EmulatorOptions;
  state: State;
  webhooks: WebhookSender;
}) => {
  const { options, state, webhooks } = setup;

  const testOf = (session: Session): Test | undefined =>
    state.tests.find((one) => one.id === session.testId);

  /** The event's name and the whole session [code]; unsigned, and no retry is documented. */
  const callBack = (session: Session, event: 'result' | 'similarity'): void => {
    const test = testOf(session);
    if (!test) return;
    const body = JSON.stringify({ event, session: presentSession(options.origin, test, session) });
    for (const { url } of session.callbacks.filter((one) => one.event === event))
      webhooks.send({
        id: seededText(nextRandom(options.seed, state), 16, '0123456789abcdef'),
        hookId: session.id,
        url,
        event,
        build: () => ({ headers: {}, body }),
      });
  };

  return {
    state,
    testOf,

    /** Sessions whose invitation stands; a cancelled one is no longer told of [inferred]. */
    sessions: (): Session[] => state.sessions.filter((one) => !one.cancelled),

    invite(test: Test, invitation: Invitation): Session {
      const session: Session = {
        ...invitation,
        id: newSessionId(nextRandom(options.seed, state)),
        testId: test.id,
        createdAt: options.now(),
        startedAt: null,
        closedAt: null,
        result: null,
        similarity: null,
        answer: '',
        cancelled: false,
      };
      state.sessions.push(session);
      options.changed();
      // Whether the vendor mails by itself is not stated; its partners say that it does [doc].
      if (session.email !== null)
        options.deliverMail({
          from: 'no-reply@codility.example',
          to: session.email,
          subject: `Invitation to take ${test.name}`,
          text: `Hello ${session.firstName},\n\nyou are invited to a Codility test:\n${options.origin}/test/${session.id}/\n\nYou have ${String(test.minutes)} minutes once you have begun.`,
          sentAt: options.now(),
        });
      return session;
    },

    start(session: Session): boolean {
      if (session.cancelled || session.startedAt !== null) return false;
      session.startedAt = options.now();
      options.changed();
      return true;
    },

    finish(session: Session, percent: number, answer: string): boolean {
      if (session.startedAt === null || session.result !== null) return false;
      const most = testOf(session)?.tasks.reduce((sum, task) => sum + task.maxResult, 0) ?? 0;
      session.closedAt = options.now();
      session.answer = answer;
      session.result = Math.round((most * percent) / 100);
      options.changed();
      callBack(session, 'result');
      return true;
    },

    /** The similarity check ends: later than the result, and a second event. */
    compare(session: Session, verdict: string): boolean {
      if (session.result === null) return false;
      session.similarity = verdict;
      options.changed();
      callBack(session, 'similarity');
      return true;
    },

    cancel(session: Session): boolean {
      if (session.startedAt !== null) return false;
      session.cancelled = true;
      options.changed();
      return true;
    },

    createIntegration(name: string): void {
      const token = newToken(nextRandom(options.seed, state));
      state.integrations.push({ id: state.nextIntegrationId, name, token });
      state.nextIntegrationId += 1;
      options.changed();
    },

    removeIntegration(id: number): void {
      state.integrations = state.integrations.filter((one) => one.id !== id);
      options.changed();
    },
  };
};
