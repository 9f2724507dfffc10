/** A candidate whose every word is an attack, and whom every page has something to tell about. */
import { applyAtLever } from '../newcomers.ts';
import { linksIn } from '../panel.ts';
import { leverOf } from '../vendors.ts';
import type { App } from './app.ts';
import { interviewsOf, texts } from './interviews.ts';

const attack = `"><script>window.__hit=1</script><img src=x onerror="window.__hit=1">{{7*7}}\${7*7}\u{202e}gnp.`;
/** Markup, templates, an override of the direction, and three hundred letters without a break. */
export const hostile = attack + 'W'.repeat(300);
/** The same in what is sent, where nothing turns the direction. */
export const hostileTold = hostile.replace('\u{202e}', '');

/** Where a page of the route list has something to tell about the candidate; `names`: by the name. */
interface Place {
  at: string;
  names?: true;
}

/** By the addresses of the route list; those of which nothing is chosen stand for themselves. */
export const hostileWorld = async (app: App): Promise<Readonly<Record<string, Place[]>>> => {
  const { world } = app;
  const { db } = world.hub.hub;
  const lever = leverOf(world);
  const ours = await interviewsOf(app);
  const { hub, panel, connectionId } = ours;
  const platformId = await hub.connect('codingame');
  const testId = (await hub.choices(platformId, 'tests'))[0]?.id ?? '';
  const stage = await lever.stage('Recruiter screen');
  const posting = (await lever.postings())[0]?.id ?? '';
  const rule = await hub.rule({ connectionId, platformId, testId, stageIds: [stage] });

  const body = `${texts.interviewerInvite.body}\nTest: $Interview.CodinGame.Template.Link`;
  const layer = {
    texts: { ...texts, interviewerInvite: { ...texts.interviewerInvite, body } },
    coding: [{ connectionId: platformId, kind: 'test', id: testId }],
  };
  const { id: interview, candidate } = await ours.schedule(hostile, { layer }, 'hostile@candidates.example');
  await lever.tag(candidate.id, hostile);
  await lever.move(candidate.id, stage);
  await hub.effect(candidate.id, 'assessment', 'done');
  const helpless = await applyAtLever(world, hostile, { posting, email: '' });
  await lever.move(helpless.id, stage);
  await hub.effect(helpless.id, 'assessment', 'waiting');
  await panel.settled(interview);
  const mails = await panel.mails(interview);
  const named = mails.find(({ subject }) => subject.includes(hostile.slice(0, 20)));
  const links = mails.flatMap(({ text }) => linksIn(text));
  const page = (room: string): string => new URL(links.find((url) => url.includes(`${world.url}/${room}/`)) ?? '').pathname;
  const pool = await world.api.post<{ id: string }>('/pools', { name: 'All', expression: 'go' });
  const template = await world.api.post<{ id: string }>('/templates', { name: 'Loop', connectionId, layer: { interviewName: '$Candidate.FullName' } });
  const users = await world.api.get<{ items: Array<{ id: string }> }>('/users');
  // What the ATS calls its jobs and stages is read again now and then; it stays so during the test.
  await db.updateTable('choice').set({ name: hostile }).where('kind', 'in', ['job', 'stage', 'tag']).execute();
  const one = (at: string): Place[] => [{ at }];
  return {
    '/': [{ at: '/', names: true }],
    '/schedule': [
      { at: '/schedule', names: true },
      { at: `/schedule?connection=${connectionId}&candidate=${candidate.id}`, names: true },
    ],
    '/interviews': [{ at: '/interviews', names: true }],
    '/interviews/$id': [{ at: `/interviews/${interview}`, names: true }],
    '/people/$id': one(`/people/${ours.alan}`),
    '/pools/$id': one(`/pools/${pool.id}`),
    '/rules/$id': [{ at: `/rules/${rule.id}`, names: true }],
    '/templates/$id': one(`/templates/${template.id}`),
    '/activity': [{ at: '/activity', names: true }],
    '/mails': [{ at: '/mails', names: true }],
    '/mails/$id': [{ at: `/mails/${named?.id ?? ''}`, names: true }],
    '/settings/company/connect/$connector': one('/settings/company/connect/lever'),
    '/settings/company/$id': one(`/settings/company/${connectionId}`),
    '/settings/users/$id': one(`/settings/users/${users.items[0]?.id ?? ''}`),
    '/i/$token': one(page('i')),
    '/tests/$token': [{ at: page('tests'), names: true }],
  };
}; // prettier-ignore
