/** Who is signed in, and what that person may do. The API decides; the app only reflects it. */
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api, got, type Schemas } from '../hub/client.ts';

export type Session = Schemas['SignedIn'];
/** A right of the table of roles, as `GET /session` lists it. */
export type Right = string;

export const sessionKey = ['session'] as const;

export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: () => got(api.GET('/api/v1/session')),
  staleTime: 60_000,
});

/** Only within the shell, which is not entered without a session. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

export const mayOf = (session: Session, right: Right): boolean =>
  (session.may[right] ?? 'none') !== 'none';

/** Whether the signed-in person has a right, however far it reaches. */
export const useMay = (): ((right: Right) => boolean) => {
  const session = useSession();
  return (right) => mayOf(session, right);
};
