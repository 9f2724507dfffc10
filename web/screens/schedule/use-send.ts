/** Sends or holds the interview; for some seconds, as the company has it, all of it can be taken back. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRef } from 'react';
import { api, got, type Schemas } from '../../hub/client.ts';
import { isOpen, problemOf } from '../../hub/problem.ts';
import { companyQuery } from '../../parts/layer/below.ts';
import { createKeys } from '../../parts/once.ts';
import type { Booking } from './plan.ts';

export const useSend = (
  sent: (interview: Schemas['InterviewWithEffects'], undoSeconds: number) => void,
) => {
  const undoSeconds = useQuery(companyQuery).data?.undoSeconds ?? 10;
  const keys = useRef<ReturnType<typeof createKeys>>(null);
  keys.current ??= createKeys();
  const { keyFor, end } = keys.current;
  return useMutation({
    mutationFn: (booking: Booking) => {
      const body = { ...booking, undoSeconds };
      const headers = { 'Idempotency-Key': keyFor(JSON.stringify(body)) };
      return got(api.POST('/api/v1/interviews', { body, headers }));
    },
    onSuccess: (interview) => {
      end();
      sent(interview, undoSeconds);
    },
    onError: (thrown) => {
      if (!isOpen(problemOf(thrown))) end();
    },
  });
};
