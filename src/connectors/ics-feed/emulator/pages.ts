/**
 * The pages of the emulated calendars. Forms (POST, urlencoded, answered by 303 back to the page):
 *
 * - `/<token>/entries`              title, start, end, repeats, shows: one more entry
 * - `/<token>/entries/<n>/remove`   (nothing)
 */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { renderPage, type Html } from '#connectors/emulator-page.ts';
import type { Person, State } from './state.ts';

const time = z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/);

const entryForm = z
  .object({
    title: z.string().trim().min(1).max(200),
    start: time,
    end: time,
    repeats: z.enum(['never', 'DAILY', 'WEEKLY']).default('never'),
    shows: z.enum(['busy', 'tentative', 'free', 'cancelled']).default('busy'),
  })
  .refine(({ start, end }) => start.length === end.length && start < end);

export const createPages = (state: State, options: EmulatorOptions): Hono => {
  const base = new URL(options.origin).pathname.replace(/\/$/, '');
  const pages = new Hono();

  pages.get('/', (c) =>
    c.html(
      renderPage({
        vendor: 'ICS calendar feed',
        title: 'Calendars',
        base,
        tabs: [['', 'Calendars']],
        notice: c.req.query('notice'),
        body: html`${state.people.map((person) => section(person, options.origin, base))}`,
      }),
    ),
  );

  pages.post('/:token/entries', async (c) => {
    const person = state.people.find(({ token }) => token === c.req.param('token'));
    if (!person) return c.notFound();
    const read = entryForm.safeParse(await c.req.parseBody());
    if (read.success) {
      const uid = `${String(options.now())}-${String(person.entries.length)}@feeds.example`;
      person.entries.push({ uid, ...read.data });
      options.changed();
    }
    const notice = read.success
      ? 'In the calendar.'
      : 'Not understood: give a start before the end.';
    return c.redirect(`${base}?notice=${encodeURIComponent(notice)}`, 303);
  });

  pages.post('/:token/entries/:index/remove', (c) => {
    const person = state.people.find(({ token }) => token === c.req.param('token'));
    person?.entries.splice(Number(c.req.param('index')), 1);
    options.changed();
    return c.redirect(`${base}?notice=${encodeURIComponent('Removed.')}`, 303);
  });
  return pages;
};

const section = ({ token, name, zone, entries }: Person, origin: string, base: string): Html =>
  html`<section>
    <h2>${name}</h2>
    <p>Secret address: <code class="url">${origin}/api/${token}/basic.ics</code><br />${zone}</p>
    <ul>
      ${entries.map(
        (entry, index) =>
          html`<li>
            ${entry.start.replace('T', ' ')} to ${entry.end.replace('T', ' ')}: ${entry.title}
            (${entry.shows}${entry.repeats === 'never' ? '' : `, ${entry.repeats.toLowerCase()}`})
            <form method="post" action="${base}/${token}/entries/${index}/remove">
              <button aria-label="Remove ${entry.title}">Remove</button>
            </form>
          </li>`,
      )}
    </ul>
    <form class="row" method="post" action="${base}/${token}/entries">
      <label>Title <input name="title" required /></label>
      <label>Start <input name="start" type="datetime-local" required /></label>
      <label>End <input name="end" type="datetime-local" required /></label>
      <label>
        Repeats
        <select name="repeats">
          <option value="never">never</option>
          <option value="DAILY">every day</option>
          <option value="WEEKLY">every week</option>
        </select>
      </label>
      <label>
        Shows as
        <select name="shows">
          <option>busy</option>
          <option>tentative</option>
          <option>free</option>
          <option>cancelled</option>
        </select>
      </label>
      <button>Add</button>
    </form>
  </section>`;
