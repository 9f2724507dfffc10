/** Rules: when a candidate enters a stage, send a test or make a live link. */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import { notFound } from '#core/errors.ts';
import type { Hub } from '#jobs/hub.ts';
import { withdrawWaiting } from '#jobs/apply-rule.ts';
import { checkRule, previewRule, resolveTag, sendNow } from '#jobs/rule-actions.ts';
import { insertAudit } from '#store/audit.ts';
import { findByRemoteId, findCandidate } from '#store/candidates.ts';
import { connectionHealths } from '#store/connections.ts';
import { inTransaction } from '#store/database.ts';
import {
  findRule,
  insertRule,
  listDecisionsOfRule,
  listRules,
  lockRule,
  removeRule,
  updateRule,
  type RuleInput,
  type RuleRow,
  ruleInput,
} from '#store/rules.ts';
import { refuseFields } from '../body.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { body, bodyReadBefore, idParam, json, problems, vendorId } from '../document.ts';
import { pageOf, pageQuery, readCursor, searchQuery, toPage } from '../paging.ts';
import { EffectSchema, presentEffect } from '../present/effect.ts';
import {
  aboutFields,
  presentRule,
  presentRuleDecision,
  RuleDecisionSchema,
  RuleInputSchema,
  RuleSchema,
} from '../present/rule.ts';
import { mustReach, ownJobs } from '../scope.ts';
import { ifMatch, mustMatch, tagged, versioned } from '../version.ts';

const tags = ['Rules'];
const root = '/api/v1/rules';

const PreviewSchema = z
  .object({
    count: z.int().openapi({ description: 'How many would match today.' }),
    more: z.boolean().openapi({ description: 'There are more; counting stopped.' }),
    candidates: z.array(
      z.object({
        remoteId: z.string(),
        name: z.string(),
        email: z.string().nullable(),
        stageId: z.string(),
        url: z.string(),
      }),
    ),
  })
  .openapi('RulePreview');

export const ruleRoutes = {
  list: createRoute({
    method: 'get',
    path: root,
    tags,
    summary: 'All rules',
    request: { query: z.strictObject(searchQuery) },
    responses: { 200: json(pageOf(RuleSchema), 'Rules.'), ...problems },
  }),
  create: createRoute({
    method: 'post',
    path: root,
    tags,
    summary: 'Make a rule',
    description: 'It acts on candidates that enter a stage from now on; it is not retroactive.',
    request: { body: body(RuleInputSchema) },
    responses: { 201: versioned(RuleSchema, 'The new rule.'), ...problems },
  }),
  previewDraft: createRoute({
    method: 'post',
    path: `${root}/preview`,
    tags,
    summary: 'Who would match a rule that is not saved; does nothing',
    request: { body: body(z.strictObject(aboutFields)) },
    responses: { 200: json(PreviewSchema, 'Who would match today.'), ...problems },
  }),
  get: createRoute({
    method: 'get',
    path: `${root}/{id}`,
    tags,
    summary: 'One rule',
    request: { params: idParam },
    responses: { 200: versioned(RuleSchema, 'The rule.'), ...problems },
  }),
  change: createRoute({
    method: 'put',
    path: `${root}/{id}`,
    tags,
    summary: 'Replace a rule',
    description:
      'What was sent stays sent. Changing more than the name counts as switching it on anew: candidates that are in the stage already are left alone.',
    request: {
      params: idParam,
      headers: ifMatch,
      body: bodyReadBefore(RuleInputSchema, RuleSchema),
    },
    responses: { 200: versioned(RuleSchema, 'The rule.'), ...problems },
  }),
  remove: createRoute({
    method: 'delete',
    path: `${root}/{id}`,
    tags,
    summary: 'Delete a rule; what was sent stays sent',
    request: { params: idParam, headers: ifMatch },
    responses: { 204: { description: 'Deleted.' }, ...problems },
  }),
  enable: createRoute({
    method: 'post',
    path: `${root}/{id}/enable`,
    tags,
    summary: 'Switch on, from now on',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: versioned(RuleSchema, 'The rule.'), ...problems },
  }),
  disable: createRoute({
    method: 'post',
    path: `${root}/{id}/disable`,
    tags,
    summary: 'Switch off',
    middleware: refuseFields,
    request: { params: idParam },
    responses: { 200: versioned(RuleSchema, 'The rule.'), ...problems },
  }),
  preview: createRoute({
    method: 'get',
    path: `${root}/{id}/preview`,
    tags,
    summary: 'Who stands in the rule’s stages today and would match; does nothing',
    request: { params: idParam },
    responses: { 200: json(PreviewSchema, 'Who would match today.'), ...problems },
  }),
  decisions: createRoute({
    method: 'get',
    path: `${root}/{id}/decisions`,
    tags,
    summary: 'What the rule decided for whom, newest first',
    request: { params: idParam, query: z.strictObject(pageQuery) },
    responses: { 200: json(pageOf(RuleDecisionSchema), 'Decisions.'), ...problems },
  }),
  sendNow: createRoute({
    method: 'post',
    path: `${root}/{id}/send-now`,
    tags,
    summary: 'Do the rule’s action for one chosen candidate, wherever it stands',
    request: {
      params: idParam,
      body: body(
        z.strictObject({
          candidateId: vendorId.openapi({
            description: 'Our id (`cd_…`) or the id of the candidacy in the ATS.',
          }),
        }),
      ),
    },
    responses: { 202: json(EffectSchema, 'What is owed now.'), ...problems },
  }),
};

const toInput = (input: z.infer<typeof RuleInputSchema>): RuleInput => {
  const { enabled: _enabled, stageIds, ...rest } = input;
  return { ...rest, stageIds: [...new Set(stageIds)] };
};

/** Whether the rule means something else now, so that it starts anew. */
const meansElse = (row: RuleRow, input: RuleInput): boolean =>
  row.connection_id !== input.connectionId ||
  row.tag !== input.tag ||
  row.job_id !== input.jobId ||
  row.action !== input.action ||
  row.platform_id !== input.platformId ||
  row.test_id !== input.testId ||
  row.repeats !== input.repeats ||
  [...row.stage_ids].sort().join('\n') !== [...input.stageIds].sort().join('\n');

const showAll = async (hub: Hub, rows: readonly RuleRow[]) => {
  const ids = rows.flatMap((row) => [row.connection_id, row.platform_id]);
  const healths = await connectionHealths(hub.db, [...new Set(ids)]);
  return (row: RuleRow) => presentRule(row, healths);
};

export const serveRules = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const show = async (row: RuleRow) => (await showAll(hub, [row]))(row);

  app.openapi(ruleRoutes.list, async (c) => {
    const { limit, cursor, search } = c.req.valid('query');
    const after = readCursor(cursor, ['text'])?.[0] ?? null;
    const rows = await listRules(hub.db, { after, search, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, await showAll(hub, rows), (row) => [row.id]),
      200,
    );
  });

  app.openapi(ruleRoutes.create, async (c) => {
    const given = c.req.valid('json');
    const checked = toInput(given);
    await checkRule(hub, checked);
    const input = await resolveTag(hub, checked);
    const row = await inTransaction(hub.db, async (tx) => {
      const made = await insertRule(tx, input, given.enabled ? hub.now() : null);
      await insertAudit(tx, c.get('actor'), 'rule.create', made.id, { name: made.name });
      return made;
    });
    return c.json(tagged(c, await show(row)), 201);
  });

  app.openapi(ruleRoutes.previewDraft, async (c) =>
    c.json(await previewRule(hub, await resolveTag(hub, c.req.valid('json'))), 200),
  );

  app.openapi(ruleRoutes.get, async (c) =>
    c.json(tagged(c, await show(await findRule(hub.db, c.req.valid('param').id))), 200),
  );

  app.openapi(ruleRoutes.change, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    const given = c.req.valid('json');
    const wanted = toInput(given);
    const before = await findRule(hub.db, id);
    await mustMatch(hub.db, expected, before.version, { noun: 'rule', id });
    if (meansElse(before, wanted)) await checkRule(hub, wanted);
    const input = before.tag === wanted.tag ? wanted : await resolveTag(hub, wanted);
    const row = await inTransaction(hub.db, async (tx) => {
      const now = await lockRule(tx, id);
      await mustMatch(tx, expected, now.version, { noun: 'rule', id });
      const changed = meansElse(now, input);
      const keeps = now.enabled && !changed;
      const enabledAt = !given.enabled ? null : keeps ? now.enabled_at : hub.now();
      await insertAudit(tx, c.get('actor'), 'rule.change', id, {
        name: input.name,
        enabled: given.enabled,
      });
      if (changed || !given.enabled) await withdrawWaiting(hub, tx, now, c.get('actor').name);
      return updateRule(tx, id, input, enabledAt);
    });
    return c.json(tagged(c, await show(row)), 200);
  });

  app.openapi(ruleRoutes.remove, async (c) => {
    const { id } = c.req.valid('param');
    const expected = c.req.valid('header')['If-Match'];
    await inTransaction(hub.db, async (tx) => {
      const row = await lockRule(tx, id);
      await mustMatch(tx, expected, row.version, { noun: 'rule', id });
      await withdrawWaiting(hub, tx, row, c.get('actor').name);
      await removeRule(tx, id);
      await insertAudit(tx, c.get('actor'), 'rule.remove', id, { name: row.name });
    });
    return c.body(null, 204);
  });

  app.openapi(ruleRoutes.enable, async (c) => {
    const before = await findRule(hub.db, c.req.valid('param').id);
    if (before.enabled) return c.json(tagged(c, await show(before)), 200);
    await checkRule(hub, ruleInput(before));
    const row = await inTransaction(hub.db, async (tx) => {
      const now = await lockRule(tx, before.id);
      if (now.enabled) return now;
      await insertAudit(tx, c.get('actor'), 'rule.enable', now.id);
      return updateRule(tx, now.id, ruleInput(now), hub.now());
    });
    return c.json(tagged(c, await show(row)), 200);
  });

  app.openapi(ruleRoutes.disable, async (c) => {
    const { id } = c.req.valid('param');
    const row = await inTransaction(hub.db, async (tx) => {
      const now = await lockRule(tx, id);
      await insertAudit(tx, c.get('actor'), 'rule.disable', id);
      await withdrawWaiting(hub, tx, now, c.get('actor').name);
      return updateRule(tx, id, ruleInput(now), null);
    });
    return c.json(tagged(c, await show(row)), 200);
  });

  app.openapi(ruleRoutes.preview, async (c) => {
    const row = await findRule(hub.db, c.req.valid('param').id);
    return c.json(await previewRule(hub, ruleInput(row)), 200);
  });

  app.openapi(ruleRoutes.decisions, async (c) => {
    const { id } = c.req.valid('param');
    const { limit, cursor } = c.req.valid('query');
    await findRule(hub.db, id);
    const before = readCursor(cursor, ['number'])?.[0] ?? null;
    const rows = await listDecisionsOfRule(hub.db, { ruleId: id, before, limit: limit + 1 });
    return c.json(
      toPage(rows, limit, presentRuleDecision, (row) => [row.id]),
      200,
    );
  });

  app.openapi(ruleRoutes.sendNow, async (c) => {
    const { id } = c.req.valid('param');
    const { candidateId } = c.req.valid('json');
    const actor = c.get('actor');
    const rule = await findRule(hub.db, id);
    const ours = candidateId.startsWith('cd_')
      ? await findCandidate(hub.db, candidateId)
      : await findByRemoteId(hub.db, rule.connection_id, candidateId);
    if (candidateId.startsWith('cd_') && ours?.connection_id !== rule.connection_id)
      throw notFound('candidate', candidateId);
    mustReach(await ownJobs(c, hub.db), ours, 'candidate', candidateId);
    const effect = await sendNow(hub, id, ours?.remote_id ?? candidateId, actor);
    return c.json(presentEffect(effect), 202);
  });
};
