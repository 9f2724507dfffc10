/** Deliveries as Lever sends them when a candidate's stage changes, each with a token of its own. */
import { randomBytes, randomUUID } from 'node:crypto';
import { sign } from '#connectors/lever/emulator/webhooks.ts';

/** `subject`: which candidacy it is about; absent: one that nobody else is about. */
export const leverDelivery = (
  signatureToken: string,
  subject: string = randomUUID(),
  triggeredAt = Date.now(),
): string => {
  const token = randomBytes(24).toString('hex');
  return JSON.stringify({
    id: randomUUID(),
    event: 'candidateStageChange',
    triggeredAt,
    token,
    signature: sign(signatureToken, token, triggeredAt),
    data: {
      opportunityId: subject,
      contactId: randomUUID(),
      candidateId: randomUUID(),
      fromStageId: 'applicant-new',
      toStageId: randomUUID(),
    },
  });
};
