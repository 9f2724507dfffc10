/** The texts of this interview alone: mails and invites that went out are updated where they differ. */
import { useState } from 'react';
import { api, got } from '../../../hub/client.ts';
import { VariableText } from '../../../parts/variable-text/variable-text.tsx';
import type { Interview } from '../queries.ts';
import { words } from '../words.ts';
import { ChangeDialog } from './dialog.tsx';

type Written = Interview['texts'];

export const Texts = (shared: { interview: Interview; onClose: () => void }) => {
  const { interview } = shared;
  const [texts, setTexts] = useState<Written>(interview.texts);
  const change = (some: Partial<Written>): void => {
    setTexts((before) => ({ ...before, ...some }));
  };
  const { candidateMail, candidateInvite, interviewerInvite } = texts;
  const isSame = JSON.stringify(texts) === JSON.stringify(interview.texts);
  return (
    <ChangeDialog
      {...shared}
      {...words.ops.texts}
      asked={isSame ? null : JSON.stringify(texts)}
      send={(common) =>
        got(
          api.POST('/api/v1/interviews/{id}/texts', {
            params: { path: { id: interview.id } },
            body: { ...common, texts },
          }),
        )
      }
    >
      {candidateMail && (
        <>
          <VariableText
            label={words.ops.texts.mailSubject}
            audience="candidate_mail"
            value={candidateMail.subject}
            onChange={(subject) => {
              change({ candidateMail: { ...candidateMail, subject } });
            }}
          />
          <VariableText
            label={words.ops.texts.mailBody}
            audience="candidate_mail"
            multiline
            value={candidateMail.body}
            onChange={(body) => {
              change({ candidateMail: { ...candidateMail, body } });
            }}
          />
        </>
      )}
      {candidateInvite && (
        <>
          <VariableText
            label={words.ops.texts.candidateTitle}
            audience="candidate_invite"
            value={candidateInvite.title}
            onChange={(title) => {
              change({ candidateInvite: { ...candidateInvite, title } });
            }}
          />
          <VariableText
            label={words.ops.texts.candidateBody}
            audience="candidate_invite"
            multiline
            value={candidateInvite.body}
            onChange={(body) => {
              change({ candidateInvite: { ...candidateInvite, body } });
            }}
          />
        </>
      )}
      <VariableText
        label={words.ops.texts.interviewerTitle}
        audience="interviewer_invite"
        value={interviewerInvite.title}
        onChange={(title) => {
          change({ interviewerInvite: { ...interviewerInvite, title } });
        }}
      />
      <VariableText
        label={words.ops.texts.interviewerBody}
        audience="interviewer_invite"
        multiline
        value={interviewerInvite.body}
        onChange={(body) => {
          change({ interviewerInvite: { ...interviewerInvite, body } });
        }}
      />
      <VariableText
        label={words.ops.texts.itinerary}
        description={words.ops.texts.itineraryText}
        audience="itinerary"
        multiline
        value={texts.itinerary}
        onChange={(itinerary) => {
          change({ itinerary });
        }}
      />
    </ChangeDialog>
  );
};
