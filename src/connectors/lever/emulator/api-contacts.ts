/** `/contacts`: the person behind one or more opportunities. */
import { Hono } from 'hono';
import { phonesOf } from './api-opportunities.ts';
import { needs, type ApiEnv } from './auth.ts';
import { notFound } from './errors.ts';
import { presentContact } from './present.ts';
import { performer, readBody, textOf, textsOf } from './request.ts';
import type { Candidacies } from './candidacies.ts';
import type { ContactRecord } from './state.ts';
import type { World } from './world.ts';

export const contactRoutes = ({ state, index }: World, candidacies: Candidacies): Hono<ApiEnv> => {
  const app = new Hono<ApiEnv>();

  const addressed = (id: string): ContactRecord => {
    const contact = index.contacts.get(id);
    if (!contact) throw notFound('contacts', id);
    return contact;
  };

  app.get('/:id', needs('contact', 'read'), (c) =>
    c.json({ data: presentContact(addressed(c.req.param('id'))) }),
  );

  /** [doc] Full replacement in principle; fields that are absent are kept here. [inferred] */
  app.put('/:id', needs('contact', 'write'), async (c) => {
    performer(c, state);
    const contact = addressed(c.req.param('id'));
    const body = await readBody(c);
    candidacies.changeContact(contact, {
      name: textOf(body, 'name'),
      headline: textOf(body, 'headline'),
      location: textOf(body, 'location'),
      emails: textsOf(body, 'emails'),
      phones: body['phones'] === undefined ? undefined : phonesOf(body),
    });
    const { isAnonymized: _, ...data } = presentContact(contact);
    return c.json({ data });
  });

  return app;
};
