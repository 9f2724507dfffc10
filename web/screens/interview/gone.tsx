/** A candidate who is gone from the ATS: to look there, and to read it again once it is restored. */
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMay } from '../../app/session.ts';
import { api, got } from '../../hub/client.ts';
import { problemOf, wordsOf } from '../../hub/problem.ts';
import { isWeb } from '../../parts/is-web.ts';
import { tell } from '../../parts/tell.ts';
import { type Interview, interviewsKey } from './queries.ts';
import { words } from './words.ts';

export const AtTheAts = ({
  interview: { candidateId, candidate },
  ats,
}: {
  interview: Interview;
  ats: string;
}) => {
  const may = useMay();
  const queries = useQueryClient();
  const look = useMutation({
    mutationFn: () => {
      const params = { path: { id: candidateId } };
      return got(api.POST('/api/v1/candidates/{id}/refresh', { params }));
    },
    onSuccess: async () => {
      tell.done(words.flags.lookedAgain(ats));
      await queries.invalidateQueries({ queryKey: [interviewsKey] });
    },
    onError: (thrown) => {
      tell.failed(wordsOf(problemOf(thrown)));
    },
  });
  return (
    <>
      {isWeb(candidate.url) && (
        <Button
          component="a"
          href={candidate.url}
          target="_blank"
          rel="noreferrer"
          size="xs"
          variant="default"
        >
          {words.flags.openAts(ats)}
        </Button>
      )}
      {may('candidates.act') && (
        <Button
          size="xs"
          variant="default"
          loading={look.isPending}
          onClick={() => {
            look.mutate();
          }}
        >
          {words.flags.lookAgain}
        </Button>
      )}
    </>
  );
};
