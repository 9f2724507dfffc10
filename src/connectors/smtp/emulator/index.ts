/** A mail server on a socket of its own. Whatever it takes is shown on the sandbox's mailbox page. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { CreateEmulator, Fault, RecordedRequest } from '#connectors/emulator.ts';
import { noWebhookFaults } from '#connectors/emulator-faults.ts';
import { renderPage } from '#connectors/emulator-page.ts';
import { createAccount } from './account.ts';
import { createServer, faultOffers } from './server.ts';

export const createEmulator: CreateEmulator = (options) => {
  const account = createAccount(options.seed);
  const faults: Fault[] = [];
  const requests: RecordedRequest[] = [];
  const server = createServer({ options, account, faults, requests });
  let place = '';

  const credentials = (): Record<string, string> => {
    const [host = '', port = ''] = place.split(':');
    const { user, password } = account;
    const fromAddress = 'interviews@robotics.example';
    return { host, port, security: 'none', user, password, fromAddress };
  };

  const pages = new Hono();
  pages.get('/', (c) => {
    const { host, port, user, password } = credentials();
    return c.html(
      renderPage({
        vendor: 'Mail server',
        title: 'Mail server',
        base: options.origin,
        tabs: [],
        body: html`<dl>
            <dt>Server</dt>
            <dd><code>${host}</code></dd>
            <dt>Port</dt>
            <dd><code>${port}</code></dd>
            <dt>Encryption</dt>
            <dd>none, for this machine only</dd>
            <dt>User</dt>
            <dd><code>${user}</code></dd>
            <dt>Password</dt>
            <dd><code>${password}</code></dd>
          </dl>
          <p>
            ${requests.length === 0 ? 'No message came yet.' : `Messages since the start: ${requests.length}.`}
            They are shown in the <a href="/mailbox">mailbox</a>. Addresses that begin with
            <code>bounce</code> or <code>nobody</code> are refused for good.
          </p>`,
      }),
    );
  });

  return {
    id: 'smtp',
    name: 'Mail server',
    playable: ['copy server, user and password', 'read every mail and invite in the mailbox'],
    api: new Hono(),
    pages,
    credentials,
    requests,
    faults,
    faultOffers,
    webhookFaults: noWebhookFaults(),
    snapshot: () => ({}),
    async listen(host, port) {
      place = await server.listen(host, port);
      return place;
    },
    stop: server.stop,
  };
};
