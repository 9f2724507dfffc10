/** Jobs (postings): their tags and title, which candidates inherit. */
import { Hono, type Context } from 'hono';
import { html } from 'hono/html';
import { field, type Frame } from './pages-frame.ts';
import { tagsOfPosting } from './labels.ts';
import type { Postings } from './postings.ts';
import type { PostingRecord } from './state.ts';
import type { World } from './world.ts';

type Act = (posting: PostingRecord, c: Context) => Promise<string>;

export const jobPages = ({ state, index }: World, frame: Frame, postings: Postings): Hono => {
  const app = new Hono();
  const find = (id: string | undefined): PostingRecord | undefined =>
    state.postings.find((one) => one.id === id);
  const nameOf = (id: string): string => state.users.find((user) => user.id === id)?.name ?? '';

  app.get('/', (c) =>
    frame.page(
      c,
      'Jobs',
      html`<div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Title</th>
              <th>Team</th>
              <th>Location</th>
              <th>State</th>
              <th>Tags</th>
              <th>Candidates</th>
            </tr>
          </thead>
          <tbody>
            ${state.postings.map(
              (one) =>
                html`<tr>
                  <td><a href="${frame.base}/jobs/${one.id}">${one.text}</a></td>
                  <td>${one.categories.team}</td>
                  <td>${one.categories.location}</td>
                  <td>${one.state}</td>
                  <td>${one.tags.join(', ')}</td>
                  <td>${index.onPosting(one.id).items.length}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`,
    ),
  );

  app.get('/:id', (c) => {
    const posting = find(c.req.param('id'));
    if (!posting) return frame.missing(c, 'This job');
    const at = `${frame.base}/jobs/${posting.id}`;
    const implied = tagsOfPosting({ ...posting, tags: [] });
    return frame.page(
      c,
      posting.text,
      html` <p>
          ${posting.state} · owner ${nameOf(posting.owner)} · hiring manager
          ${nameOf(posting.hiringManager)}
        </p>
        <form class="row" method="post" action="${at}/rename">
          <label>Title <input name="text" value="${posting.text}" required /></label
          ><button>Rename</button>
        </form>
        <h2>Tags</h2>
        <p>Candidates of this job get these tags, and also: ${implied.join(', ')}.</p>
        <ul>
          ${posting.tags.map(
            (tag) =>
              html`<li>
                <form method="post" action="${at}/tags/remove">
                  ${tag}
                  <button name="tag" value="${tag}" aria-label="Remove tag ${tag}">Remove</button>
                </form>
              </li>`,
          )}
        </ul>
        <form class="row" method="post" action="${at}/tags">
          <label>Tag <input name="tag" required /></label><button>Add tag</button>
        </form>`,
    );
  });

  const actions: Record<string, Act> = {
    tags: async (posting, c) => {
      const tag = await field(c, 'tag');
      if (tag === '') return 'No tag was given.';
      postings.change(posting, { tags: [...posting.tags, tag] });
      return 'The tag was added.';
    },
    'tags/remove': async (posting, c) => {
      const tag = await field(c, 'tag');
      postings.change(posting, { tags: posting.tags.filter((one) => one !== tag) });
      return 'The tag was removed.';
    },
    rename: async (posting, c) => {
      const text = await field(c, 'text');
      if (text === '') return 'A job needs a title.';
      postings.change(posting, { text });
      return 'The job was renamed.';
    },
  };
  for (const [path, act] of Object.entries(actions)) {
    app.post(`/:id/${path}`, async (c) => {
      const posting = find(c.req.param('id'));
      if (!posting) return frame.missing(c, 'This job');
      return frame.back(c, `/jobs/${posting.id}`, await act(posting, c));
    });
  }

  return app;
};
