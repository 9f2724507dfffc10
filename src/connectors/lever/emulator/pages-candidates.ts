/** The candidate list with search and pages, and the form for a new applicant. */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import type { Html } from '#connectors/emulator-page.ts';
import { field, type Frame } from './pages-frame.ts';
import { scheduleLink } from './pages-interviews.ts';
import type { Candidacies } from './candidacies.ts';
import type { OpportunityRecord } from './state.ts';
import type { World } from './world.ts';

const pageSize = 50;

export const candidateListPages = (world: World, frame: Frame, candidacies: Candidacies): Hono => {
  const { state, index } = world;
  const app = new Hono();

  app.get('/', (c) => {
    const query = (c.req.query('q') ?? '').trim();
    const stage = c.req.query('stage') ?? '';
    const page = Math.max(1, Math.floor(Number(c.req.query('page') ?? 1)) || 1);
    const found = slice(world, query, stage, (page - 1) * pageSize);
    return frame.page(
      c,
      'Candidates',
      html` <form class="row" method="get" role="search">
          <label>Search <input name="q" value="${query}" placeholder="Name or e-mail" /></label>
          <label
            >Stage
            <select name="stage">
              <option value="">All</option>
              ${options(state.stages, stage)}
            </select></label
          >
          <button>Search</button>
        </form>
        <p><a href="#new">New applicant</a></p>
        ${found.items.length === 0 ? html`<p class="empty">No candidate matches.</p>` : table(world, frame, found.items)}
        <nav aria-label="Pages">
          ${page > 1 ? html`<a rel="prev" href="${pageUrl(c, page - 1)}">Previous</a>` : ''}
          ${found.more ? html`<a rel="next" href="${pageUrl(c, page + 1)}">Next</a>` : ''}
        </nav>
        <h2 id="new">New applicant</h2>
        <form class="row" method="post" action="${frame.base}/candidates">
          <label>Name <input name="name" required /></label>
          <label>E-mail <input name="email" type="email" /></label>
          <label
            >Job
            <select name="posting">
              ${options(state.postings)}
            </select></label
          >
          <label
            >Stage
            <select name="stage">
              ${options(state.stages, 'applicant-new')}
            </select></label
          >
          <button>Add</button>
        </form>
        <p><small>${index.all.items.length} candidates in this account.</small></p>`,
    );
  });

  app.post('/', async (c) => {
    const email = await field(c, 'email');
    const { opportunity } = candidacies.create({
      actor: null,
      name: await field(c, 'name'),
      emails: email === '' ? [] : [email],
      phones: [],
      links: [],
      tags: [],
      sources: [],
      followers: [],
      origin: 'applied',
      stage: (await field(c, 'stage')) || 'applicant-new',
      posting: (await field(c, 'posting')) || undefined,
    });
    return frame.back(c, `/candidates/${opportunity.id}`, 'The candidate was added.');
  });

  return app;
};

/** One page of matches; walks only as far as needed. */
const slice = (
  { index }: World,
  query: string,
  stage: string,
  skip: number,
): { items: OpportunityRecord[]; more: boolean } => {
  const needle = query.toLowerCase();
  const source = stage === '' ? index.all.items : index.inStage(stage).items;
  if (needle === '')
    return { items: source.slice(skip, skip + pageSize), more: source.length > skip + pageSize };
  const items: OpportunityRecord[] = [];
  let left = skip;
  for (const opportunity of source) {
    const contact = index.contacts.get(opportunity.contact);
    const text = `${contact?.name ?? ''} ${contact?.emails.join(' ') ?? ''}`.toLowerCase();
    if (!text.includes(needle)) continue;
    if (left > 0) left -= 1;
    else if (items.length === pageSize) return { items, more: true };
    else items.push(opportunity);
  }
  return { items, more: false };
};

export const options = (
  choices: ReadonlyArray<{ id: string; text: string }>,
  selected?: string,
): Html =>
  html`${choices.map(
    ({ id, text }) =>
      html`<option value="${id}" ${id === selected ? 'selected' : ''}>${text}</option>`,
  )}`;

const table = (world: World, frame: Frame, items: OpportunityRecord[]): Html => {
  const { state, index } = world;
  return html` <div class="scroll">
    <table>
      <thead>
        <tr>
          <th>Name</th>
          <th>E-mail</th>
          <th>Job</th>
          <th>Stage</th>
          <th></th>
          <th></th>
        </tr>
      </thead>
      <tbody>
        ${items.map((one) => {
          const contact = index.contacts.get(one.contact);
          return html`<tr>
            <td>
              <a href="${frame.base}/candidates/${one.id}">${contact?.name || '(no name)'}</a>
            </td>
            <td>${contact?.emails[0] ?? '–'}</td>
            <td>${index.postingOf(one)?.text ?? '–'}</td>
            <td>${state.stages.find((stage) => stage.id === one.stage)?.text ?? one.stage}</td>
            <td>
              ${one.archived ? 'archived' : ''}
              ${one.confidentiality === 'confidential' ? 'confidential' : ''}
            </td>
            <td>${scheduleLink(world, one.id, 'Schedule')}</td>
          </tr>`;
        })}
      </tbody>
    </table>
  </div>`;
};

const pageUrl = (c: Context, page: number): string => {
  const query = new URLSearchParams(c.req.query());
  query.delete('notice');
  query.set('page', String(page));
  return `?${query.toString()}`;
};
