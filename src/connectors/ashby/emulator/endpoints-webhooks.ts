/** `webhook.*`; there is no list [doc]. */
import { z } from 'zod';
import { creatableTypes, type HookProblem } from './hooks.ts';
import type { StoredWebhook } from './model.ts';
import {
  bool,
  type Call,
  endpoint,
  type Endpoint,
  invalidInput,
  notFound,
  Refusal,
  uuid,
} from './rpc.ts';
import { showWebhook } from './views.ts';

const hookOf = (call: Call, id: string): StoredWebhook => {
  const hook = call.hooks.find(id);
  if (!hook) throw notFound('webhook');
  return hook;
};

const accepted = (outcome: StoredWebhook | HookProblem): StoredWebhook => {
  if (outcome === 'invalid_url') throw invalidInput('requestUrl: must be an https address');
  // [code] Only the wording is known from the wild; the code is the emulator's choice [inferred].
  if (outcome === 'duplicate')
    throw new Refusal(
      'duplicate_webhook',
      'Duplicate webhook: one of this type with this request URL exists already.',
    );
  return outcome;
};

export const webhookEndpoints: Readonly<Record<string, Endpoint>> = {
  'webhook.create': endpoint(
    z.object({
      webhookType: z.enum(creatableTypes),
      requestUrl: z.string(),
      secretToken: z.string().min(1),
    }),
    async ({ webhookType, requestUrl, secretToken }, call) => {
      const outcome = await call.hooks.create({ type: webhookType, requestUrl, secretToken });
      return { results: showWebhook(accepted(outcome), true) };
    },
  ),
  'webhook.info': endpoint(z.object({ webhookId: uuid }), (input, call) => ({
    results: showWebhook(hookOf(call, input.webhookId), false),
  })),
  'webhook.update': endpoint(
    z
      .object({
        webhookId: uuid,
        enabled: bool.optional(),
        requestUrl: z.string().optional(),
        secretToken: z.string().min(1).optional(),
      })
      .refine(
        ({ enabled, requestUrl, secretToken }) =>
          enabled !== undefined || requestUrl !== undefined || secretToken !== undefined,
        'give at least one of enabled, requestUrl, secretToken',
      ),
    async ({ webhookId, enabled, requestUrl, secretToken }, call) => {
      const outcome = await call.hooks.update(hookOf(call, webhookId), {
        ...(enabled === undefined ? {} : { enabled }),
        ...(requestUrl === undefined ? {} : { requestUrl }),
        ...(secretToken === undefined ? {} : { secretToken }),
      });
      return { results: showWebhook(accepted(outcome), true) };
    },
  ),
  'webhook.delete': endpoint(z.object({ webhookId: uuid }), (input, call) => {
    const hook = call.hooks.find(input.webhookId);
    if (!hook) throw new Refusal('webhook_not_found', 'webhook_not_found', true);
    call.hooks.remove(hook);
    return { results: { webhookId: hook.id } };
  }),
};
