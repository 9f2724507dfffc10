/** What a route is made of: its address, its screen, and the right that it needs. */
import { createRootRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import type { AnyRoute } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { isSignedOut } from '../hub/problem.ts';
import { Loading } from '../parts/loading.tsx';
import { NotAllowed } from '../parts/not-allowed.tsx';
import { NotFound } from '../parts/not-found.tsx';
import { ScreenProblem } from '../parts/problem-note.tsx';
import { queries } from './queries.ts';
import { type Right, mayOf, sessionQuery } from './session.ts';

interface ScreenModule {
  Screen: ComponentType;
}

export const root = createRootRoute({ notFoundComponent: NotFound });

/** Everything within it is for those who are signed in; others are led to the page for that, and back. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  // Pages without it, the candidate's above all, do not load it.
  component: lazyRouteComponent(() => import('./shell.tsx'), 'Shell'),
  pendingComponent: Loading,
  errorComponent: ScreenProblem,
  beforeLoad: async ({ location }) => {
    try {
      const session = await queries.query({ ...sessionQuery, staleTime: 'static' });
      // Today is about candidates: who sees none begins with the own interviews.
      if (location.pathname === '/' && !mayOf(session, 'candidates.see')) {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
        throw redirect({ to: '/me', replace: true });
      }
      return { session };
    } catch (thrown) {
      if (!isSignedOut(thrown)) throw thrown;
      const to = location.href === '/' ? undefined : location.href;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- how the router is told
      throw redirect({ to: '/sign-in', search: to === undefined ? {} : { to } });
    }
  },
});

/**
 * One screen. Without the right `needs` its place says so, and who can help. Parameters of the
 * query are read as text; a screen checks its own.
 */
export const page = <const Parent extends AnyRoute, const Path extends string>(
  parent: Parent,
  path: Path,
  load: () => Promise<ScreenModule>,
  needs?: Right,
) =>
  createRoute({
    getParentRoute: () => parent,
    path,
    component: lazyRouteComponent(guarded(load, needs), 'Screen'),
    pendingComponent: Loading,
    errorComponent: ScreenProblem,
    validateSearch: (search: Record<string, unknown>): Record<string, string> =>
      Object.fromEntries(
        Object.entries(search).flatMap(([name, value]) =>
          typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [],
        ),
      ),
  });

const guarded =
  (load: () => Promise<ScreenModule>, needs: Right | undefined) =>
  async (): Promise<ScreenModule> => {
    if (needs === undefined) return load();
    const session = await queries.query({ ...sessionQuery, staleTime: 'static' });
    return mayOf(session, needs) ? load() : { Screen: NotAllowed };
  };
