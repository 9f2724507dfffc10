/** `/opportunities/:id/notes`. */
import { Hono, type Context } from 'hono';
import { addressed } from './api-opportunities.ts';
import { needs, type ApiEnv } from './auth.ts';
import { badRequest, notFound } from './errors.ts';
import { pageOf } from './paging.ts';
import { presentNote } from './present.ts';
import {
  flagOf,
  instantOf,
  missing,
  performer,
  readBody,
  requiredText,
  type Body,
} from './request.ts';
import type { Notes } from './notes.ts';
import type { NoteRecord } from './state.ts';
import type { World } from './world.ts';

export const noteRoutes = (world: World, notes: Notes): Hono<ApiEnv> => {
  const { state, index } = world;
  const app = new Hono<ApiEnv>();
  const read = needs('notes', 'read');
  const write = needs('notes', 'write');

  const noteOf = (c: Context<ApiEnv>, id: string): NoteRecord => {
    const note = index.notesOf(addressed(c, world).id).find((one) => one.id === id);
    if (!note) throw notFound('notes', id);
    return note;
  };

  app.get('/:opportunity/notes', read, (c) => {
    const newestFirst = [...index.notesOf(addressed(c, world).id)].reverse();
    const page = pageOf(c, newestFirst, (note) => note.id);
    return c.json({ ...page, data: page.data.map(presentNote) });
  });

  app.get('/:opportunity/notes/:note', read, (c) =>
    c.json({ data: presentNote(noteOf(c, c.req.param('note'))) }),
  );

  /** [live] The whole note with its id twice; the documentation shows `noteId` alone. */
  app.post('/:opportunity/notes', write, async (c) => {
    const actor = performer(c, state);
    const opportunity = addressed(c, world);
    const body = await readBody(c);
    const note = {
      value: requiredText(body, 'value'),
      secret: flagOf(body, 'secret'),
      score: scoreOf(body),
      createdAt: instantOf(body, 'createdAt'),
      actor,
      byApi: true,
    };
    const threadId = c.req.query('note_id');
    const thread = threadId === undefined ? undefined : noteOf(c, threadId);
    if (thread) notes.comment(opportunity, thread, note);
    const written = thread ?? notes.create(opportunity, note);
    return c.json({ data: { ...presentNote(written), noteId: written.id } }, 201);
  });

  app.put('/:opportunity/notes/:note', write, async (c) => {
    performer(c, state);
    const note = noteOf(c, c.req.param('note'));
    const body = await readBody(c);
    const values = body['values'];
    if (!Array.isArray(values) || values.length === 0) throw missing('values');
    notes.replace(
      note,
      (values as unknown[]).map((one) => {
        const comment = (typeof one === 'object' && one !== null ? one : {}) as Body;
        return {
          value: requiredText(comment, 'value'),
          score: scoreOf(body),
          createdAt: instantOf(comment, 'createdAt'),
        };
      }),
    );
    return c.json({ data: { noteId: note.id } });
  });

  app.delete('/:opportunity/notes/:note', write, (c) => {
    notes.remove(noteOf(c, c.req.param('note')));
    return c.body(null, 204);
  });

  return app;
};

const scoreOf = (body: Body): number | null => {
  const value = body['score'];
  if (value === undefined || value === null || value === '') return null;
  const score = Number(value);
  if (!Number.isInteger(score) || score < 1 || score > 4)
    throw badRequest('score must be a number from 1 to 4');
  return score;
};
