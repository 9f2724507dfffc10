/** Candidates: the list, the profile, and everything a recruiter does on it. */
import type { Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import { type Html, instant } from '#connectors/emulator-page.ts';
import type { StoredApplication, StoredCandidate, StoredNote, StoredStage } from './model.ts';
import type { Desk } from './pages-frame.ts';
import { interviewsBody } from './pages-interviews.ts';
import { statusOf } from './views.ts';

const perPage = 50;

export const addCandidatePages = (pages: Hono, desk: Desk): void => {
  const { data, actions, base } = desk;
  const { state } = data;

  pages.get('/candidates', (c) => {
    const query = (c.req.query('q') ?? '').trim();
    const found = query === '' ? state.candidates : searched(desk, query);
    const page = Math.max(1, Math.trunc(Number(c.req.query('page') ?? 1)) || 1);
    return desk.show(c, 'Candidates', list(desk, found, query, page));
  });

  pages.post('/candidates', async (c) => {
    const form = await desk.form(c);
    const name = form.get('name')?.trim() ?? '';
    const email = form.get('email')?.trim() ?? '';
    const job = data.jobs.get(form.get('job') ?? '');
    const stage = job ? data.stagesOf(job.planId)[0] : undefined;
    if (name === '' || !job || !stage) return desk.back(c, '/candidates', 'Give a name and a job.');
    const candidate = actions.addCandidate({ name, emails: email === '' ? [] : [primary(email)] });
    actions.apply({ candidate, job, stage, actorId: admin(desk) });
    return desk.back(c, `/candidates/${candidate.id}`, 'Candidate added.');
  });

  const profile = (c: Context): Response | Promise<Response> => {
    const candidate = data.candidates.get(c.req.param('id') ?? '');
    return candidate ? desk.show(c, candidate.name, profileBody(desk, candidate)) : desk.missing(c);
  };
  const vendorPath = '/candidate-searches/new/right-side/candidates/:id';
  pages.get('/candidates/:id', profile);
  pages.get(vendorPath, profile);
  pages.get(`${vendorPath}/applications/:application/feed`, profile);

  /** A form on the profile; the handler answers with the notice. */
  const onProfile = (
    path: string,
    act: (candidate: StoredCandidate, form: URLSearchParams) => string,
  ): void => {
    pages.post(`/candidates/:id/${path}`, async (c) => {
      const candidate = data.candidates.get(c.req.param('id'));
      if (!candidate) return desk.missing(c);
      const notice = act(candidate, await desk.form(c));
      const isThere = data.candidates.has(candidate.id);
      return desk.back(c, isThere ? `/candidates/${candidate.id}` : '/candidates', notice);
    });
  };

  const applicationIn = (
    candidate: StoredCandidate,
    form: URLSearchParams,
  ): StoredApplication | undefined => {
    const id = form.get('application') ?? candidate.applicationIds.at(-1) ?? '';
    return candidate.applicationIds.includes(id) ? data.applications.get(id) : undefined;
  };
  const move = (
    candidate: StoredCandidate,
    form: URLSearchParams,
    choose: (stages: StoredStage[]) => StoredStage | undefined,
  ): string => {
    const application = applicationIn(candidate, form);
    const job = application && data.jobs.get(application.jobId);
    const stage = job && choose(data.stagesOf(job.planId));
    if (!application || !stage) return 'This application has no such stage.';
    const reason = state.archiveReasons.find(({ id }) => id === form.get('reason'));
    actions.move(application, stage, {
      actorId: admin(desk),
      archiveReasonId: (reason ?? state.archiveReasons[0])?.id ?? null,
    });
    return `Moved to ${stage.title}.`;
  };

  onProfile('stage', (candidate, form) =>
    move(candidate, form, (stages) => stages.find(({ id }) => id === form.get('stage'))),
  );
  onProfile('hire', (candidate, form) =>
    move(candidate, form, (stages) => stages.find(({ type }) => type === 'Hired')),
  );
  onProfile('archive', (candidate, form) =>
    move(candidate, form, (stages) => stages.find(({ type }) => type === 'Archived')),
  );
  onProfile('transfer', (candidate, form) => {
    const application = applicationIn(candidate, form);
    const job = data.jobs.get(form.get('job') ?? '');
    if (!application || !job) return 'There is no such job.';
    const title = data.stages.get(application.stageId)?.title;
    const stages = data.stagesOf(job.planId);
    const stage = stages.find((one) => one.title === title) ?? stages[0];
    if (!stage) return 'The job has no stages.';
    actions.transfer(application, job, stage, admin(desk));
    return `Transferred to ${job.title}.`;
  });
  onProfile('tags', (candidate, form) => {
    const title = form.get('title')?.trim() ?? '';
    const tag =
      state.tags.find(({ id }) => id === form.get('tag')) ??
      (title === '' ? undefined : actions.tagTitled(title));
    if (!tag) return 'Choose a tag.';
    actions.addTag(candidate, tag);
    return `Tag ${tag.title} added.`;
  });
  onProfile('tags/remove', (candidate, form) => {
    actions.removeTag(candidate, form.get('tag') ?? '');
    return 'Tag removed.';
  });
  onProfile('email', (candidate, form) => {
    const email = form.get('email')?.trim() ?? '';
    actions.setEmails(candidate, email === '' ? [] : [primary(email)]);
    return email === '' ? 'E-mail removed.' : 'E-mail set.';
  });
  onProfile('merge', (candidate, form) => {
    const kept = data.candidates.get(form.get('into')?.trim() ?? '');
    if (!kept || kept === candidate) return 'There is no other candidate with that id.';
    actions.merge(candidate, kept);
    return `Merged into ${kept.name}.`;
  });
  onProfile('delete', (candidate) => {
    actions.deleteCandidate(candidate);
    return 'Candidate deleted.';
  });

  pages.get('/jobs', (c) =>
    desk.show(
      c,
      'Jobs',
      html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Title</th>
              <th>Status</th>
              <th>Interview plan</th>
              <th>Hiring team</th>
            </tr>
          </thead>
          <tbody>
            ${state.jobs.map(
              (job) =>
                html`<tr>
                  <td>${job.title}${job.confidential ? ' (confidential)' : ''}</td>
                  <td>${job.status}</td>
                  <td>
                    <a href="${base}/admin/interview-plans">${planTitle(desk, job.planId)}</a>
                  </td>
                  <td>
                    ${job.hiringTeam
                      .map(({ userId, role }) => `${data.users.get(userId)?.email ?? ''} (${role})`)
                      .join(', ')}
                  </td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
    ),
  );
};

const primary = (value: string) => ({ value, type: 'Personal', isPrimary: true }) as const;

/** Who acts on the pages: the organisation's first administrator. */
const admin = (desk: Desk): string | null => desk.data.state.users[0]?.id ?? null;

export const planTitle = (desk: Desk, planId: string): string =>
  desk.data.state.plans.find(({ id }) => id === planId)?.title ?? '';

const searched = (desk: Desk, query: string): StoredCandidate[] => {
  const wanted = query.toLowerCase();
  return desk.data.state.candidates.filter(
    ({ name, emails }) =>
      name.toLowerCase().includes(wanted) ||
      emails.some(({ value }) => value.toLowerCase().includes(wanted)),
  );
};

const tagTitles = (desk: Desk, candidate: StoredCandidate): string =>
  desk.data.state.tags
    .filter(({ id }) => candidate.tagIds.includes(id))
    .map(({ title }) => title)
    .join(', ');

const list = (desk: Desk, found: readonly StoredCandidate[], query: string, page: number): Html => {
  const { base, data } = desk;
  const pageCount = Math.max(1, Math.ceil(found.length / perPage));
  const to = (target: number): string =>
    `${base}/candidates?q=${encodeURIComponent(query)}&page=${String(target)}`;
  return html`<form class="row" method="get" action="${base}/candidates">
      <label>Search <input type="search" name="q" value="${query}" /></label><button>Search</button>
    </form>
    <p><a href="#new">Add a candidate</a></p>
    <p>
      ${found.length} candidates, page ${page} of ${pageCount}
      ${page > 1 ? html`<a href="${to(page - 1)}">Previous</a>` : ''}
      ${page < pageCount ? html`<a href="${to(page + 1)}">Next</a>` : ''}
    </p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Name</th>
            <th>E-mail</th>
            <th>Job</th>
            <th>Stage</th>
            <th>Tags</th>
          </tr>
        </thead>
        <tbody>
          ${found.slice((page - 1) * perPage, page * perPage).map((candidate) => {
            const application = data.applications.get(candidate.applicationIds.at(-1) ?? '');
            return html`<tr>
              <td><a href="${base}/candidates/${candidate.id}">${candidate.name}</a></td>
              <td>${candidate.emails[0]?.value ?? '–'}</td>
              <td>${data.jobs.get(application?.jobId ?? '')?.title ?? '–'}</td>
              <td>${data.stages.get(application?.stageId ?? '')?.title ?? '–'}</td>
              <td>${tagTitles(desk, candidate)}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    <h2 id="new">Add a candidate</h2>
    <form class="row" method="post" action="${base}/candidates">
      <label>Name <input name="name" required /></label>
      <label>E-mail <input name="email" type="email" /></label>
      <label
        >Job
        <select name="job">
          ${jobOptions(desk, null)}
        </select></label
      >
      <button>Add candidate</button>
    </form>`;
};

const jobOptions = (desk: Desk, chosen: string | null): Html =>
  html`${desk.data.state.jobs.map(
    (job) =>
      html`<option value="${job.id}" ${job.id === chosen ? 'selected' : ''}>${job.title}</option>`,
  )}`;

const reasonOptions = (desk: Desk): Html =>
  html`${desk.data.state.archiveReasons.map(
    ({ id, text }) => html`<option value="${id}">${text}</option>`,
  )}`;

const profileBody = (desk: Desk, candidate: StoredCandidate): Html => {
  const { base, data } = desk;
  const at = `${base}/candidates/${candidate.id}`;
  const applications = candidate.applicationIds.flatMap((id) => data.applications.get(id) ?? []);
  const activities = data.state.activities
    .filter(({ candidateId }) => candidateId === candidate.id)
    .slice(-50)
    .reverse();
  return html`<p>Candidate id <code>${candidate.id}</code></p>
    <form class="row" method="post" action="${at}/email">
      <label
        >E-mail <input name="email" type="email" value="${candidate.emails[0]?.value ?? ''}"
      /></label>
      <button>Save e-mail</button>
      <button name="email" value="" formnovalidate>Remove e-mail</button>
    </form>
    <h2>Tags</h2>
    ${candidate.tagIds.length === 0 ? html`<p class="empty">No tags.</p>` : ''}
    ${data.state.tags
      .filter(({ id }) => candidate.tagIds.includes(id))
      .map(
        ({ id, title }) =>
          html`<form class="row" method="post" action="${at}/tags/remove">
            <span>${title}</span><input type="hidden" name="tag" value="${id}" />
            <button aria-label="Remove tag ${title}">Remove</button>
          </form>`,
      )}
    <form class="row" method="post" action="${at}/tags">
      <label>Tag <input name="title" list="tags" required /></label><button>Add tag</button>
      <datalist id="tags">
        ${data.state.tags.map(({ title }) => html`<option value="${title}"></option>`)}
      </datalist>
    </form>
    ${applications.map((application) => applicationBody(desk, at, application))}
    <h2>Notes</h2>
    ${notes(data.notesOf(candidate.id), desk)}
    <h2>Activity</h2>
    ${
      activities.length === 0
        ? html`<p class="empty">Nothing yet.</p>`
        : html`<ul>
            ${activities.map(
              (activity) => html`<li><time>${instant(activity.at)}</time> ${activity.text}</li>`,
            )}
          </ul>`
    }
    <h2>Merge or delete</h2>
    <form class="row" method="post" action="${at}/merge">
      <label>Id of the candidate that stays <input name="into" required /></label
      ><button>Merge</button>
    </form>
    <form class="row" method="post" action="${at}/delete"><button>Delete candidate</button></form>`;
};

const applicationBody = (desk: Desk, at: string, application: StoredApplication): Html => {
  const { data } = desk;
  const job = data.jobs.get(application.jobId);
  const planId = job?.planId ?? '';
  const hidden = html`<input type="hidden" name="application" value="${application.id}" />`;
  return html`<section id="${application.id}">
    <h2>${job?.title ?? 'Application'}: ${data.stages.get(application.stageId)?.title ?? ''}</h2>
    <p>
      ${statusOf(data.stages.get(application.stageId))}, application id
      <code>${application.id}</code>
    </p>
    <form class="row" method="post" action="${at}/stage">
      ${hidden}
      <label
        >Stage (${planTitle(desk, planId)})
        <select name="stage">
          ${data
            .stagesOf(planId)
            .map(
              (stage) =>
                html`<option
                  value="${stage.id}"
                  ${stage.id === application.stageId ? 'selected' : ''}
                >
                  ${stage.title}
                </option>`,
            )}
        </select></label
      ><button>Change stage</button>
    </form>
    <form class="row" method="post" action="${at}/hire">${hidden}<button>Hire</button></form>
    <form class="row" method="post" action="${at}/archive">
      ${hidden}
      <label
        >Archive reason
        <select name="reason">
          ${reasonOptions(desk)}
        </select></label
      ><button>Archive</button>
    </form>
    <form class="row" method="post" action="${at}/transfer">
      ${hidden}
      <label
        >Another job
        <select name="job">
          ${jobOptions(desk, application.jobId)}
        </select></label
      >
      <button>Transfer</button>
    </form>
    ${interviewsBody(desk, at, application)}
  </section>`;
};

const notes = (all: readonly StoredNote[], desk: Desk): Html =>
  all.length === 0
    ? html`<p class="empty">No notes.</p>`
    : html`${all.toReversed().map((note) => {
        const author = desk.data.users.get(note.authorId);
        // HTML was sanitised when it was stored; plain text is escaped here.
        const content = note.format === 'html' ? raw(note.content) : note.content;
        return html`<article class="note">
          <p>
            <strong>${author?.firstName ?? ''} ${author?.lastName ?? ''}</strong>
            <time>${instant(note.createdAt)}</time>${note.isPrivate ? ' (private)' : ''}
          </p>
          <div style="white-space:pre-wrap">${content}</div>
        </article>`;
      })}`;
