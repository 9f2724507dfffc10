/** A candidate's profile with everything a recruiter does there. */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { instant, type Html } from '#connectors/emulator-page.ts';
import { tagsOf, tagsOfPosting } from './labels.ts';
import { options } from './pages-candidates.ts';
import { field, linked, type Frame } from './pages-frame.ts';
import { panelsOf, scheduleBanner } from './pages-interviews.ts';
import { superAdmin, type World } from './world.ts';
import type { Acts } from './acts.ts';
import type { Panels } from './panels.ts';
import type { NoteRecord, OpportunityRecord } from './state.ts';

type Act = (opportunity: OpportunityRecord, c: Context) => Promise<string>;

export const candidatePages = (
  world: World,
  frame: Frame,
  { candidacies, notes, panels }: Acts,
): Hono => {
  const { state, index } = world;
  const app = new Hono();
  const me = () => superAdmin(state);

  app.get('/:id', (c) => {
    const opportunity = index.opportunities.get(c.req.param('id'));
    if (!opportunity) return frame.missing(c, 'This candidate');
    const name = index.contacts.get(opportunity.contact)?.name ?? '';
    return frame.page(c, name || '(no name)', profile(world, frame, panels, opportunity));
  });

  const actions: Record<string, Act> = {
    stage: async (one, c) => {
      candidacies.move(one, await field(c, 'stage'), me());
      return 'The stage was changed.';
    },
    archive: async (one, c) => {
      candidacies.archive(one, await field(c, 'reason'));
      return 'The candidate was archived.';
    },
    unarchive: async (one) => {
      candidacies.archive(one, null);
      return Promise.resolve('The candidate is active again.');
    },
    tags: async (one, c) => {
      const tag = await field(c, 'tag');
      if (tag === '') return 'No tag was given.';
      candidacies.addTags(one, [tag]);
      return 'The tag was added.';
    },
    'tags/remove': async (one, c) => {
      candidacies.removeTags(one, [await field(c, 'tag')]);
      return 'The tag was removed.';
    },
    email: async (one, c) => {
      const email = await field(c, 'email');
      const contact = index.contacts.get(one.contact);
      if (contact) candidacies.changeContact(contact, { emails: email === '' ? [] : [email] });
      return email === '' ? 'The e-mail address was removed.' : 'The e-mail address was saved.';
    },
    notes: async (one, c) => {
      const value = await field(c, 'value');
      if (value === '') return 'The note was empty.';
      const rest = { secret: false, score: null, createdAt: undefined, byApi: false };
      notes.create(one, { value, actor: me(), ...rest });
      return 'The note was added.';
    },
  };
  for (const [path, act] of Object.entries(actions)) {
    app.post(`/:id/${path}`, async (c) => {
      const opportunity = index.opportunities.get(c.req.param('id'));
      if (!opportunity) return frame.missing(c, 'This candidate');
      return frame.back(c, `/candidates/${opportunity.id}`, await act(opportunity, c));
    });
  }

  for (const [path, act, notice] of [
    ['cancel', panels.cancel, 'The interview was cancelled.'],
    ['delete', panels.erase, 'The interview was deleted.'],
  ] as const) {
    app.post(`/:id/panels/:panel/${path}`, (c) => {
      const panel = state.panels.find(({ id }) => id === c.req.param('panel'));
      if (panel?.opportunity !== c.req.param('id')) return frame.missing(c, 'This interview');
      act(panel);
      return frame.back(c, `/candidates/${panel.opportunity}`, notice);
    });
  }

  app.post('/:id/delete', (c) => {
    const opportunity = index.opportunities.get(c.req.param('id'));
    if (!opportunity) return frame.missing(c, 'This candidate');
    candidacies.remove(opportunity, me());
    return frame.back(c, '/candidates', 'The candidate was deleted.');
  });

  return app;
};

const profile = (
  world: World,
  frame: Frame,
  panels: Panels,
  opportunity: OpportunityRecord,
): Html => {
  const { state, index } = world;
  const at = `${frame.base}/candidates/${opportunity.id}`;
  const contact = index.contacts.get(opportunity.contact);
  const posting = index.postingOf(opportunity);
  const inherited = new Set(posting ? tagsOfPosting(posting) : []);
  const reason = state.archiveReasons.find((one) => one.id === opportunity.archived?.reason);
  return html`${scheduleBanner(world, opportunity)}
    <p>
      ${posting ? html`Job: <a href="${frame.base}/jobs/${posting.id}">${posting.text}</a>` : 'No job'}
      · origin:
      ${opportunity.origin}${opportunity.confidentiality === 'confidential' ? ' · confidential' : ''}
    </p>
    <form class="row" method="post" action="${at}/stage">
      <label
        >Stage
        <select name="stage">
          ${options(state.stages, opportunity.stage)}
        </select></label
      ><button>Change stage</button>
    </form>
    ${
      opportunity.archived
        ? html`<form class="row" method="post" action="${at}/unarchive">
            <span>Archived: ${reason?.text ?? ''}</span> <button>Unarchive</button>
          </form>`
        : html`<form class="row" method="post" action="${at}/archive">
            <label
              >Archive reason
              <select name="reason">
                ${options(state.archiveReasons)}
              </select></label
            ><button>Archive</button>
          </form>`
    }
    <form class="row" method="post" action="${at}/email">
      <label>E-mail <input name="email" type="email" value="${contact?.emails[0] ?? ''}" /></label
      ><button>Save e-mail</button>
    </form>
    ${panelsOf(world, frame, panels, opportunity)}
    <h2>Tags</h2>
    <ul>
      ${tagsOf(opportunity, posting).map((tag) =>
        opportunity.tags.includes(tag)
          ? html`<li>
              <form method="post" action="${at}/tags/remove">
                ${tag}
                <button name="tag" value="${tag}" aria-label="Remove tag ${tag}">Remove</button>
              </form>
            </li>`
          : html`<li>${tag}${inherited.has(tag) ? html` <small>(from the job)</small>` : ''}</li>`,
      )}
    </ul>
    <form class="row" method="post" action="${at}/tags">
      <label>Tag <input name="tag" required /></label><button>Add tag</button>
    </form>
    ${
      contact && contact.links.length > 0
        ? html`<h2>Links</h2>
            <ul>
              ${contact.links.map((link) => html`<li>${linked(link)}</li>`)}
            </ul>`
        : ''
    }
    <h2>Timeline</h2>
    ${timeline(world, opportunity)}
    <form class="row" method="post" action="${at}/notes">
      <label>Note <textarea name="value" rows="2" cols="50" required></textarea></label
      ><button>Add note</button>
    </form>
    <h2>Delete</h2>
    <form class="row" method="post" action="${at}/delete"><button>Delete candidate</button></form>`;
};

/** Stage changes and notes, newest first. */
const timeline = ({ state, index }: World, opportunity: OpportunityRecord): Html => {
  const nameOf = (id: string | null | undefined): string =>
    state.users.find((user) => user.id === id)?.name ?? 'an integration';
  const moves = opportunity.stageChanges.map((change) => {
    const stage = state.stages.find((one) => one.id === change.toStageId)?.text ?? '';
    return { at: change.updatedAt, body: html`Entered the stage <strong>${stage}</strong>` };
  });
  const written = index.notesOf(opportunity.id).filter((note) => note.deletedAt === null);
  const noted = written.map((note) => ({
    at: note.createdAt,
    body: html`Note by ${nameOf(note.user)}${noteBody(note)}`,
  }));
  const entries = [...moves, ...noted].sort((a, b) => b.at - a.at);
  return html`<ul>
    ${entries.map(
      ({ at, body }) =>
        html`<li>
          <small><time>${instant(at)}</time></small> ${body}
        </li>`,
    )}
  </ul>`;
};

const noteBody = (note: NoteRecord): Html =>
  html`${note.comments.map((comment) => html`<pre>${linked(comment.value)}</pre>`)}`;
