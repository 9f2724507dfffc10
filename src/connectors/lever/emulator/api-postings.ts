/** `/postings`: jobs, whose title, categories and tags their candidates inherit as tags. */
import { Hono, type Context } from 'hono';
import { mayRead, needs, type ApiEnv } from './auth.ts';
import { ApiError, badRequest, notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { presentPosting, shapeBy, userExpander } from './present.ts';
import { performer, readBody, requiredText, textOf, textsOf } from './request.ts';
import type { Candidacies } from './candidacies.ts';
import type { Postings } from './postings.ts';
import type { PostingRecord } from './state.ts';
import type { World } from './world.ts';

export const postingRoutes = (
  world: World,
  postings: Postings,
  candidacies: Candidacies,
): Hono<ApiEnv> => {
  const { state, options } = world;
  const app = new Hono<ApiEnv>();

  const addressed = (c: Context<ApiEnv>): PostingRecord => {
    const id = c.req.param('id') ?? '';
    const posting = state.postings.find((one) => one.id === id);
    if (!posting) throw notFound('postings', id);
    if (!mayRead(c, posting)) throw new ApiError(403, 'Forbidden', 'This posting is confidential');
    return posting;
  };

  const shape = (c: Context) =>
    shapeBy(c, {
      user: userExpander(world, 'user'),
      owner: userExpander(world, 'owner'),
      hiringManager: userExpander(world, 'hiringManager'),
      followers: userExpander(world, 'followers'),
    });

  app.get('/', needs('postings', 'read'), (c) => {
    const shaped = shape(c);
    const page = pageOf(
      c,
      state.postings.filter((one) => mayRead(c, one) && fits(c, one)),
      (one) => one.id,
    );
    return c.json({
      ...page,
      data: page.data.map((one) => shaped(presentPosting(one, options.origin))),
    });
  });

  app.get('/:id', needs('postings', 'read'), (c) =>
    c.json({ data: shape(c)(presentPosting(addressed(c), options.origin)) }),
  );

  /** [doc] A partial update, and a POST. */
  app.post('/:id', needs('postings', 'write'), async (c) => {
    performer(c, state);
    const posting = addressed(c);
    const body = await readBody(c);
    postings.change(posting, { text: textOf(body, 'text'), tags: textsOf(body, 'tags') });
    return c.json({ data: presentPosting(posting, options.origin) });
  });

  app.post('/:id/apply', needs('postings', 'write'), async (c) => {
    const posting = addressed(c);
    const body = await readBody(c);
    const { opportunity } = candidacies.create({
      actor: null,
      name: requiredText(body, 'name'),
      emails: [requiredText(body, 'email')],
      phones: [],
      links: [],
      tags: [],
      sources: textsOf(body, 'source') ?? [],
      followers: [],
      origin: 'applied',
      stage: 'applicant-new',
      posting: posting.id,
    });
    return c.json({ data: { applicationId: opportunity.application?.id } }, 201);
  });

  return app;
};

const fits = (c: Context, posting: PostingRecord): boolean => {
  const matches = (name: string, values: readonly string[]): boolean => {
    const wanted = c.req.queries(name);
    return !wanted || values.some((value) => wanted.includes(value));
  };
  const instant = (name: string, otherwise: number): number => {
    const value = Number(c.req.query(name) ?? otherwise);
    if (Number.isNaN(value)) throw badRequest(`${name} must be a timestamp in milliseconds`);
    return value;
  };
  const confidentiality = c.req.query('confidentiality') ?? 'non-confidential';
  const { categories } = posting;
  return (
    (confidentiality === 'all' || posting.confidentiality === confidentiality) &&
    matches('state', [posting.state]) &&
    matches('department', [categories.department]) &&
    matches('team', [categories.team]) &&
    matches('location', [categories.location]) &&
    matches('commitment', [categories.commitment]) &&
    matches('level', [categories.level]) &&
    matches('tag', posting.tags) &&
    posting.updatedAt >= instant('updated_at_start', -Infinity) &&
    posting.updatedAt <= instant('updated_at_end', Infinity)
  );
};
