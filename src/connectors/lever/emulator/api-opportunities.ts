/** `/opportunities` and, under their older name, `/candidates`. */
import { Hono } from 'hono';
import { mayRead, needs, type ApiEnv } from './auth.ts';
import { ApiError, badRequest, notFound } from './errors.ts';
import { listOpportunities } from './opportunity-list.ts';
import { pageOf } from './paging.ts';
import {
  presentApplication,
  presentContact,
  presentOpportunity,
  shapeBy,
  userExpander,
} from './present.ts';
import {
  flagOf,
  instantOf,
  missing,
  performer,
  performing,
  readBody,
  requiredText,
  requiredTexts,
  textOf,
  textsOf,
  type Body,
} from './request.ts';
import { isOrigin, type Origin } from './vocabulary.ts';
import type { Candidacies } from './candidacies.ts';
import type { Panels } from './panels.ts';
import type { Archived, OpportunityRecord } from './state.ts';
import type { World } from './world.ts';
import type { Context } from 'hono';

/** The addressed opportunity; 404 when unknown, 403 when confidential and not for this key. [doc] */
export const addressed = (c: Context<ApiEnv>, { index }: World): OpportunityRecord => {
  const id = c.req.param('opportunity') ?? '';
  const opportunity = index.opportunities.get(id);
  if (!opportunity) throw notFound('opportunities', id);
  if (!mayRead(c, opportunity))
    throw new ApiError(403, 'Forbidden', 'This opportunity is confidential');
  return opportunity;
};

export const opportunityRoutes = (
  world: World,
  candidacies: Candidacies,
  panels: Panels,
): Hono<ApiEnv> => {
  const { state, index } = world;
  const app = new Hono<ApiEnv>();
  const read = needs('opportunities', 'read');
  const write = needs('opportunities', 'write');

  const shape = (c: Context) =>
    shapeBy(c, {
      applications: ({ id }) => {
        const opportunity = index.opportunities.get(String(id));
        const application = opportunity && presentApplication(opportunity, world);
        return application ? [application] : [];
      },
      stage: ({ stage }) => {
        const found = state.stages.find((one) => one.id === stage);
        return found ? { id: found.id, text: found.text } : null;
      },
      owner: userExpander(world, 'owner'),
      followers: userExpander(world, 'followers'),
      sourcedBy: userExpander(world, 'sourcedBy'),
      contact: ({ contact }) => {
        const found = index.contacts.get(String(contact));
        return found ? presentContact(found) : null;
      },
    });

  app.get('/', read, (c) => {
    const shaped = shape(c);
    const page = listOpportunities(c, world);
    return c.json({
      ...page,
      data: page.data.map((one) => shaped(presentOpportunity(one, world))),
    });
  });

  app.get('/deleted', read, (c) => {
    const from = Number(c.req.query('deleted_at_start') ?? 0);
    const to = Number(c.req.query('deleted_at_end') ?? Number.MAX_SAFE_INTEGER);
    const fitting = state.deleted.filter((one) => one.deletedAt >= from && one.deletedAt <= to);
    return c.json(pageOf(c, fitting, (one) => one.id));
  });

  app.get('/:opportunity', read, (c) =>
    c.json({ data: shape(c)(presentOpportunity(addressed(c, world), world)) }),
  );

  app.post('/', write, async (c) => {
    const actor = performing(c, state);
    const body = await readBody(c);
    const postings = textsOf(body, 'postings') ?? [];
    if (postings.length > 1) throw badRequest('postings may hold one posting at most');
    const posting = state.postings.find((one) => one.id === postings[0]);
    const byPosting =
      c.req.query('perform_as_posting_owner') === 'true' ? posting?.owner : undefined;
    const { opportunity, deduped } = candidacies.create({
      actor: state.users.find((user) => user.id === byPosting) ?? actor,
      contact: textOf(body, 'contact'),
      name: textOf(body, 'name'),
      headline: textOf(body, 'headline'),
      location: textOf(body, 'location'),
      emails: textsOf(body, 'emails') ?? [],
      phones: phonesOf(body),
      links: textsOf(body, 'links') ?? [],
      tags: textsOf(body, 'tags') ?? [],
      sources: textsOf(body, 'sources') ?? [],
      followers: textsOf(body, 'followers') ?? [],
      origin: originOf(body),
      stage: textOf(body, 'stage'),
      owner: textOf(body, 'owner'),
      posting: postings[0],
      createdAt: instantOf(body, 'createdAt'),
      archived: archivedOf(body, world),
    });
    const data = presentOpportunity(opportunity, world);
    delete data['opportunityLocation'];
    return c.json(deduped ? { deduped, data } : { data }, 201);
  });

  app.put('/:opportunity/stage', write, async (c) => {
    const actor = performer(c, state);
    const opportunity = addressed(c, world);
    candidacies.move(opportunity, requiredText(await readBody(c), 'stage'), actor);
    return c.json({ data: presentOpportunity(opportunity, world, 'write') });
  });

  app.put('/:opportunity/archived', write, async (c) => {
    performer(c, state);
    const opportunity = addressed(c, world);
    const body = await readBody(c);
    if (body['reason'] === undefined) throw missing('reason');
    candidacies.archive(opportunity, textOf(body, 'reason') ?? null);
    if (flagOf(body, 'cleanInterviews')) panels.clean(opportunity);
    return c.json({ data: presentOpportunity(opportunity, world, 'write') });
  });

  const lists = {
    addTags: ['tags', candidacies.addTags],
    removeTags: ['tags', candidacies.removeTags],
    addLinks: ['links', candidacies.addLinks],
    removeLinks: ['links', candidacies.removeLinks],
    addSources: ['sources', candidacies.addSources],
    removeSources: ['sources', candidacies.removeSources],
  } as const;
  for (const [path, [field, apply]] of Object.entries(lists)) {
    app.post(`/:opportunity/${path}`, write, async (c) => {
      performer(c, state);
      const opportunity = addressed(c, world);
      apply(opportunity, requiredTexts(await readBody(c), field));
      return c.json({ data: presentOpportunity(opportunity, world, 'write') });
    });
  }

  app.get('/:opportunity/applications', needs('applications', 'read'), (c) => {
    const application = presentApplication(addressed(c, world), world);
    return c.json(pageOf(c, application ? [application] : [], (one) => String(one['id'])));
  });

  app.get('/:opportunity/applications/:application', needs('applications', 'read'), (c) => {
    const id = c.req.param('application');
    const application = presentApplication(addressed(c, world), world);
    if (application?.['id'] !== id) throw notFound('applications', id);
    return c.json({ data: application });
  });

  return app;
};

export const phonesOf = (body: Body): Array<{ type: string; value: string }> => {
  const list: unknown[] = Array.isArray(body['phones']) ? body['phones'] : [];
  return list.map((phone) => {
    const { type, value } = (typeof phone === 'object' ? phone : { value: phone }) as Body;
    if (typeof value !== 'string') throw badRequest('phones need a value');
    return { type: typeof type === 'string' ? type : 'mobile', value };
  });
};

const originOf = (body: Body): Origin | undefined => {
  const origin = textOf(body, 'origin');
  if (origin === undefined) return undefined;
  if (!isOrigin(origin)) throw badRequest(`origin ${origin} does not exist`);
  return origin;
};

const archivedOf = (body: Body, { state, options }: World): Archived | undefined => {
  const given = body['archived'];
  if (typeof given !== 'object' || given === null) return undefined;
  const reason = requiredText(given as Body, 'reason');
  if (!state.archiveReasons.some((one) => one.id === reason))
    throw badRequest(`reason ${reason} does not exist`);
  return { reason, archivedAt: instantOf(given as Body, 'archivedAt') ?? options.now() };
};
