/** The sandbox's front page: which vendors are played here and what a person can do at each. */
import { html } from 'hono/html';
import type { Emulator } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';

export const indexPage = (emulators: readonly Emulator[], url: string): Html =>
  renderPage({
    vendor: 'Sandbox',
    own: true,
    title: 'The other side, to be played by hand',
    base: '',
    tabs: [
      ...emulators.map(({ id, name }) => [`/${id}`, name] as const),
      ['/mailbox', 'Mailbox'],
      ['/failures', 'Failures'],
    ],
    body: html`<p>
        These vendors are emulated: same API, limits, errors and signed webhooks, made-up people.
        Nothing here reaches the real ones, and no mail leaves this machine.
      </p>
      ${emulators.map(
        (emulator) =>
          html`<section>
            <h2><a href="/${emulator.id}">${emulator.name}</a></h2>
            ${
              emulator.playable === undefined
                ? ''
                : html`<ul>
                    ${emulator.playable.map((one) => html`<li>${one}</li>`)}
                  </ul>`
            }
            <p>API: <code>${url}/${emulator.id}/api</code></p>
          </section>`,
      )}
      <section>
        <h2><a href="/mailbox">Mailbox</a></h2>
        <p>Every mail that a vendor sends to a candidate or a recruiter.</p>
      </section>
      <section>
        <h2><a href="/failures">Failures</a></h2>
        <p>Makes a vendor slow, broken or unreachable, and its webhooks late, doubled or forged.</p>
      </section>
      <h2>For programs</h2>
      <ul>
        <li>
          <a href="/control/credentials">/control/credentials</a>: settings to connect each vendor
        </li>
        <li>
          <a href="/control/mails">/control/mails</a>: the mailbox, also with <code>?to=</code>
        </li>
        <li><code>GET /&lt;vendor&gt;/control/requests?since=</code>: what reached the API</li>
        <li>
          <code>PUT /&lt;vendor&gt;/control/faults</code>: what goes wrong with the next requests
        </li>
        <li>
          <code>PUT /&lt;vendor&gt;/control/webhook-faults</code>: what goes wrong with webhooks
        </li>
      </ul>`,
  });
