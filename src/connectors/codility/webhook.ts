/**
 * The callbacks that an invitation asks for: first `result`, later `similarity`, each with the whole
 * session [code]. No signature is documented: the address is the secret, and what the body says is
 * read from the API.
 */
import { ConnectorError, type RawDelivery, type WebhookFormat } from '#connectors/contract.ts';
import { callbackSchema } from './mapping.ts';

export const webhookFormat: WebhookFormat = {
  events: [''],
  signature: 'none',
  verify: () => true,
  parse: (delivery) => {
    const callback = callbackSchema.safeParse(bodyOf(delivery));
    if (!callback.success)
      throw new ConnectorError({
        connector: 'codility',
        operation: 'callback',
        kind: 'unexpected_shape',
        surelyNotDone: true,
        message:
          'codility: callback is not one of Codility. Check that only Codility has the address.',
      });
    const { event, session } = callback.data;
    return { event, dedupeKey: null, wakes: [{ kind: 'assessment', id: session.url }] };
  },
  silentHint:
    'Codility calls back only for invitations that the hub sent, when a test was evaluated and when its similarity check has ended. Results arrive without it as well, only later.',
};

const bodyOf = (delivery: RawDelivery): unknown => {
  try {
    return JSON.parse(new TextDecoder().decode(delivery.body)) as unknown;
  } catch {
    return null;
  }
};
