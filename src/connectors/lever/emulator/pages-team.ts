/** Team: the account's users. Only they can be interviewers of a panel. */
import { Hono } from 'hono';
import { html } from 'hono/html';
import { options } from './pages-candidates.ts';
import { field, type Frame } from './pages-frame.ts';
import { accessRoles } from './vocabulary.ts';
import type { Team } from './team.ts';
import type { World } from './world.ts';

export const teamPages = ({ state }: World, frame: Frame, team: Team): Hono => {
  const app = new Hono();

  app.get('/', (c) =>
    frame.page(
      c,
      'Team',
      html` <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>Name</th>
                <th>E-mail</th>
                <th>Access role</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              ${state.users.map(({ id, name, email, accessRole, deactivatedAt }) => {
                const [act, label] =
                  deactivatedAt === null
                    ? ['deactivate', 'Deactivate']
                    : ['reactivate', 'Reactivate'];
                return html`<tr>
                  <td>${name}</td>
                  <td>${email}</td>
                  <td>${accessRole}</td>
                  <td>
                    <form method="post" action="${frame.base}/team/${id}/${act}">
                      <button aria-label="${label} ${name}">${label}</button>
                    </form>
                  </td>
                </tr>`;
              })}
            </tbody>
          </table>
        </div>
        <h2>Add a user</h2>
        <form class="row" method="post" action="${frame.base}/team">
          <label>Name <input name="name" required /></label>
          <label>E-mail <input name="email" type="email" required /></label>
          <label
            >Access role
            <select name="accessRole">
              ${options(
                accessRoles.map((role) => ({ id: role, text: role })),
                'interviewer',
              )}
            </select></label
          >
          <button>Add user</button>
        </form>`,
    ),
  );

  app.post('/', async (c) => {
    const name = await field(c, 'name');
    const email = await field(c, 'email');
    const accessRole = (await field(c, 'accessRole')) || 'interviewer';
    if (name === '' || email === '') return frame.back(c, '/team', 'A user needs both.');
    team.add({ name, email, accessRole });
    return frame.back(c, '/team', 'The user was added.');
  });

  for (const [path, notice] of [
    ['deactivate', 'The user was deactivated.'],
    ['reactivate', 'The user is active again.'],
  ] as const) {
    app.post(`/:id/${path}`, (c) => {
      const user = state.users.find((one) => one.id === c.req.param('id'));
      if (!user) return frame.missing(c, 'This user');
      team[path](user);
      return frame.back(c, '/team', notice);
    });
  }

  return app;
};
