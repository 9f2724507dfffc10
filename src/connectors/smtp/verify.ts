/** Greets the server and signs in; no message is sent. */
import type { Verification } from '#connectors/contract.ts';
import { withServer, type SmtpLink } from './client.ts';

export const verify = async (link: SmtpLink): Promise<Verification> => {
  const { host, port, security, user, fromAddress } = link.settings;
  await withServer(link, 'CONNECT', (transport) => transport.verify());
  const encryption = { tls: 'TLS', starttls: 'STARTTLS', none: 'none' }[security];
  return {
    account: [
      { label: 'Server', value: `${host}:${String(port)}` },
      { label: 'Encryption', value: encryption },
      { label: 'Signed in as', value: user === '' ? 'nobody' : user },
    ],
    permissions: [
      {
        name: `send as ${fromAddress}`,
        state: 'not_checked',
        neededFor: 'every mail and invite',
        where: 'at the mail server: whom this user may send as',
      },
    ],
    warnings: [],
  };
};
