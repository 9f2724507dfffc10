/** The entry: providers around the router. */
import '@mantine/core/styles.css';
import './app.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { setNonce } from 'get-nonce';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepFocus } from './app/keep-focus.ts';
import { queries } from './app/queries.ts';
import { router } from './app/router.tsx';
import { theme } from './theme.ts';

/** The policy of the page lets style sheets made here pass by this number, which is new for each page. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content ?? '';
// Modals lock scrolling with a style sheet of their own.
setNonce(nonce);

keepFocus();
const root = document.getElementById('app');
if (!root) throw new Error('app: the page has no place for it.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
