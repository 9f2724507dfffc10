/** The mails that the vendor sends by itself. */
import type { EmulatedMail, EmulatorOptions } from '#connectors/emulator.ts';
import type { Campaign, TestSession } from './state.ts';

type Draft = Omit<EmulatedMail, 'from' | 'sentAt'>;

/** The invitation as the campaign's page has it; the link is appended where the text lost it. */
export const invitationMail = (test: TestSession, campaign: Campaign, testUrl: string): Draft => {
  const fill = (text: string): string =>
    text.replace(/\{\{(candidate_name|campaign_name|test_url)\}\}/g, (_, name: string) => {
      if (name === 'test_url') return testUrl;
      return name === 'campaign_name' ? campaign.name : (test.candidateName ?? 'candidate');
    });
  const text = fill(campaign.mailText);
  return {
    to: test.candidateEmail ?? '',
    subject: fill(campaign.mailSubject).replace(/\s+/g, ' ').trim(),
    text: text.includes(testUrl) ? text : `${text}\n\n${testUrl}`,
  };
};

export const resultMail = (test: TestSession, campaign: Campaign, reportUrl: string): Draft => ({
  to: test.recruiterEmail ?? '',
  subject: `A ${campaign.name} test is ${test.status}`,
  text: `The report is here:\n${reportUrl}`,
});

/** Addresses that begin with `bounce` are undeliverable here; the recruiter may be told of it. */
export const sendMail = (
  options: EmulatorOptions,
  draft: Draft,
  handling: { bounceTo: string | null },
): void => {
  const from = 'no-reply@codingame.example';
  const sentAt = options.now();
  if (!draft.to.startsWith('bounce')) {
    options.deliverMail({ ...draft, from, sentAt });
    return;
  }
  if (handling.bounceTo === null) return;
  options.deliverMail({
    from,
    to: handling.bounceTo,
    subject: `Undeliverable: ${draft.subject}`,
    text: 'The invitation could not be delivered. Check the address of the candidate.',
    sentAt,
  });
};
