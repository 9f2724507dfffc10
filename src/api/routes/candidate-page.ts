/**
 * The candidate's page: whoever has its unguessable address, which stands in the candidate's own texts
 * alone, sees the interview as it is now. The address ends some time after the interview, and with the
 * candidate's mail address.
 */
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { serializeInvite } from '#core/calendar/invite.ts';
import { candidatePageOf, type CandidatePage } from '#core/interview/candidate-page.ts';
import type { Scene } from '#core/interview/scene.ts';
import { candidateDays, speakerOf } from '#core/interview/texts.ts';
import { candidateInvite, candidatePage } from '#core/interview/things.ts';
import { candidateMails, type MailContent } from '#core/interview/want-mails.ts';
import { gatherScene } from '#jobs/gather-scene.ts';
import { connectionsOfRole } from '#jobs/interview-scene.ts';
import { connectorOf } from '#jobs/hub.ts';
import { testsOfCandidate } from '#store/assessments.ts';
import { findCompany } from '#store/company.ts';
import { findInterview, movedAt, type InterviewRow } from '#store/interviews.ts';
import { sequenceOf } from '#store/invites.ts';
import { findJoinLink } from '#store/join-links.ts';
import type { ApiDeps, ApiEnv } from '../context.ts';
import { at, json, maybeAt, problems } from '../document.ts';
import {
  CandidatePageSchema,
  contactOf,
  presentEvents,
  type CandidatePageBody,
} from '../present/candidate-page.ts';
import { ProblemError } from '../problem.ts';
import { allowAttempt } from '../sign-in-limits.ts';
import { addressOf } from '../visitor.ts';

const tags = ['Candidate page'];
const token = z.string().min(1).max(100);

export const candidatePageRoutes = {
  get: createRoute({
    method: 'get',
    path: '/api/v1/candidate-pages/{token}',
    tags,
    summary: 'An interview as its candidate sees it; the address is the credential',
    request: { params: z.object({ token }) },
    responses: { 200: json(CandidatePageSchema, 'The page.'), ...problems },
  }),
  invite: createRoute({
    method: 'get',
    path: '/api/v1/candidate-pages/{token}/invites/{day}',
    tags,
    summary: 'The candidate’s calendar entry of one day',
    request: { params: z.object({ token, day: z.string().regex(/^\d{1,3}$/) }) },
    responses: {
      200: {
        description: 'The entry, RFC 5545.',
        content: { 'text/calendar': { schema: z.string() } },
      },
      ...problems,
    },
  }),
};

interface Found {
  interview: InterviewRow;
  scene: Scene;
  page: CandidatePage;
  /** Since when the candidate can know. */
  since: number;
}

const nothingThere = (): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not_found',
    detail:
      'link: it leads nowhere. Check that it was copied whole, or look for a newer one in your mail.',
  });

export const serveCandidatePage = (app: OpenAPIHono<ApiEnv>, { hub }: ApiDeps): void => {
  const find = async (c: Context<ApiEnv>, given: string): Promise<Found> => {
    const link = await findJoinLink(hub.db, given);
    const interview = link && (await findInterview(hub.db, link.interviewId));
    const scene = interview && (await gatherScene(hub, hub.db, interview)).scene;
    if (!scene || link.thing !== candidatePage(scene.id, scene.facts.candidate.email)) {
      await allowAttempt(hub.db, 'address', addressOf(c));
      throw nothingThere();
    }
    await allowAttempt(hub.db, 'page', given);
    const { linksOpenMinutes } = await findCompany(hub.db);
    return {
      interview,
      scene,
      page: candidatePageOf(scene, linksOpenMinutes),
      since: link.createdAt,
    };
  };

  const testsOf = async (candidateId: string): Promise<CandidatePageBody['tests']> => {
    const tests = await testsOfCandidate(hub.db, candidateId);
    const connections = await connectionsOfRole(hub, hub.db, 'coding');
    return tests.map(
      ({ test_name: name, status, url, expires_at: expiresAt, connection_id: connectionId }) => {
        const connection = connections.find(({ id }) => id === connectionId);
        const isOpen = status === 'invited' || status === 'started';
        return {
          name,
          platform: connection ? connectorOf(hub, connection).name : '',
          status,
          url: isOpen ? url : null,
          expiresAt: status === 'invited' ? maybeAt(expiresAt) : null,
        };
      },
    );
  };

  app.openapi(candidatePageRoutes.get, async (c) => {
    const { interview, scene, page, since } = await find(c, c.req.valid('param').token);
    const { candidate, company, job } = scene.facts;
    const isShown = page.state !== 'expired';
    return c.json(
      {
        ...presentEvents(page),
        company,
        contact: contactOf(scene.plan),
        firstName: isShown ? (candidate.name.trim().split(/\s+/)[0] ?? '') : '',
        job: isShown ? job.name : '',
        name: isShown ? scene.plan.name : '',
        zone: scene.plan.candidateZone,
        movedAt: page.state === 'confirmed' ? maybeAt(await movedAt(hub.db, interview.id, since)) : null,
        invites: invitesOf(scene, page).map(({ start }, index) => ({ day: index + 1, start: at(start) })),
        tests: isShown ? await testsOf(interview.candidate_id) : [],
      },
      200,
    ); // prettier-ignore
  });

  app.openapi(candidatePageRoutes.invite, async (c) => {
    const { token: given, day } = c.req.valid('param');
    const { interview, scene, page } = await find(c, given);
    const invite = invitesOf(scene, page)[Number(day) - 1];
    if (!invite) throw nothingThere();
    const sequence = await sequenceOf(hub.db, invite.uid);
    const entry = serializeInvite('PUBLISH', { ...invite, sequence, stamp: interview.updated_at });
    return c.body(entry, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="interview.ics"',
    });
  });
};

/** The entries that the candidate gets by mail, by day; none once they are history. */
const invitesOf = (scene: Scene, { state }: CandidatePage): Array<NonNullable<MailContent['invite']>> => {
  if (state !== 'confirmed') return [];
  const mails = candidateMails(scene, speakerOf(scene));
  return candidateDays(scene.plan).flatMap((_day, index) => {
    const mail = mails.find(({ thing }) => thing === candidateInvite(scene.id, index + 1));
    const invite = (mail?.content as MailContent | undefined)?.invite;
    return invite ? [invite] : [];
  });
}; // prettier-ignore
