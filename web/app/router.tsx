/** Addresses to screens. */
import { createRouter } from '@tanstack/react-router';
import { Loading } from '../parts/loading.tsx';
import { routes } from './routes.tsx';

export const router = createRouter({
  routeTree: routes,
  defaultPreload: 'intent',
  defaultPendingComponent: Loading,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
