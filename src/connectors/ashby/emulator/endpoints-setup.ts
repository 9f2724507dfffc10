/** What an organisation is made of: plans, stages, jobs, users, lists of choices, the key itself. */
import { z } from 'zod';
import {
  bool,
  type Call,
  endpoint,
  type Endpoint,
  listPage,
  millis,
  notFound,
  seesJob,
  syncing,
  uuid,
} from './rpc.ts';
import type { Listed } from './model.ts';
import { iso, showPlan, showStage, showUser } from './views.ts';

/** The only version there is [doc]. */
export const apiVersion = '2026-01-01';

const planExists = (call: Call, id: string): void => {
  if (!call.data.state.plans.some((plan) => plan.id === id)) throw notFound('interview plan');
};

const jobStatuses = z.enum(['Draft', 'Open', 'Closed', 'Archived']);
const expandJob = z.array(z.enum(['location', 'openings'])).optional();

const jobs: Record<string, Endpoint> = {
  'job.list': endpoint(
    z.object({
      ...syncing,
      status: z.array(jobStatuses).default(['Open', 'Closed', 'Archived']),
      createdAfter: millis.optional(),
      openedAfter: millis.optional(),
      openedBefore: millis.optional(),
      closedAfter: millis.optional(),
      closedBefore: millis.optional(),
      includeUnpublishedJobPostingsIds: bool.optional(),
      expand: expandJob,
    }),
    (input, call) => {
      const between = (
        at: number | null,
        after: number | undefined,
        before: number | undefined,
      ): boolean =>
        (after === undefined || (at !== null && at > after)) &&
        (before === undefined || (at !== null && at < before));
      return listPage({
        list: 'job.list',
        items: call.data.state.jobs,
        input,
        call,
        keep: (job) =>
          seesJob(call, job) &&
          input.status.includes(job.status) &&
          between(job.createdAt, input.createdAfter, undefined) &&
          between(job.openedAt, input.openedAfter, input.openedBefore) &&
          between(job.closedAt, input.closedAfter, input.closedBefore),
        show: call.views.job,
      });
    },
  ),
  'job.info': endpoint(
    z.object({
      id: uuid,
      includeUnpublishedJobPostingsIds: bool.optional(),
      expand: expandJob,
    }),
    (input, call) => {
      const job = call.data.jobs.get(input.id);
      if (!seesJob(call, job)) throw notFound('job');
      return { results: call.views.job(job) };
    },
  ),
  'job.search': endpoint(
    z
      .object({ title: z.string().optional(), requisitionId: z.string().optional() })
      .refine((input) => input.title !== undefined || input.requisitionId !== undefined),
    (input, call) => {
      const title = input.title?.toLowerCase();
      const found = call.data.state.jobs.filter(
        (job) =>
          seesJob(call, job) &&
          (title === undefined || job.title.toLowerCase().includes(title)) &&
          (input.requisitionId === undefined || job.requisitionId === input.requisitionId),
      );
      return { results: found.map(call.views.job) };
    },
  ),
  'jobInterviewPlan.info': endpoint(z.object({ jobId: uuid }), (input, call) => {
    const job = call.data.jobs.get(input.jobId);
    if (!seesJob(call, job)) throw notFound('job');
    const stages = call.data.stagesOf(job.planId).map((stage) => ({
      ...showStage(stage),
      activities: [],
    }));
    return { results: { jobId: job.id, interviewPlanId: job.planId, stages } };
  }),
};

const plans: Record<string, Endpoint> = {
  'interviewPlan.list': endpoint(
    z.object({ ...syncing, includeArchived: bool.default(false) }),
    (input, call) =>
      listPage({
        list: 'interviewPlan.list',
        items: call.data.state.plans,
        input,
        call,
        keep: ({ isArchived }) => input.includeArchived || !isArchived,
        show: showPlan,
      }),
  ),
  'interviewStage.list': endpoint(z.object({ interviewPlanId: uuid }), (input, call) => {
    planExists(call, input.interviewPlanId);
    return {
      results: call.data.stagesOf(input.interviewPlanId).map(showStage),
      moreDataAvailable: false,
    };
  }),
  'interviewStage.info': endpoint(z.object({ interviewStageId: uuid }), (input, call) => {
    const stage = call.data.stages.get(input.interviewStageId);
    if (!stage) throw notFound('interview stage');
    return { results: showStage(stage) };
  }),
  'interviewStageGroup.list': endpoint(
    z.object({ interviewPlanId: uuid.optional() }),
    (input, call) => {
      if (input.interviewPlanId !== undefined) planExists(call, input.interviewPlanId);
      const groups = call.data.state.stageGroups.filter(
        ({ planId }) => input.interviewPlanId === undefined || planId === input.interviewPlanId,
      );
      return {
        results: groups.map(({ id, title, order, stageType }) => ({ id, title, order, stageType })),
      };
    },
  ),
};

const users: Record<string, Endpoint> = {
  'user.list': endpoint(
    z.object({ ...syncing, includeDeactivated: bool.default(false) }),
    (input, call) =>
      listPage({
        list: 'user.list',
        items: call.data.state.users,
        input,
        call,
        keep: ({ isEnabled }) => input.includeDeactivated || isEnabled,
        show: showUser,
      }),
  ),
  'user.info': endpoint(z.object({ userId: uuid }), (input, call) => {
    const user = call.data.users.get(input.userId);
    if (!user) throw notFound('user');
    return { results: showUser(user) };
  }),
  'user.search': endpoint(z.object({ email: z.string() }), (input, call) => ({
    results: call.data.state.users
      .filter(({ email }) => email === input.email.trim().toLowerCase())
      .map(showUser),
  })),
  'hiringTeamRole.list': endpoint(z.object({ namesOnly: bool.default(true) }), (input, call) => ({
    results: input.namesOnly
      ? call.data.state.roles.map(({ title }) => title)
      : call.data.state.roles,
  })),
};

/** The account has one department and one location, which all of its jobs are in. */
const named = (ids: readonly string[], name: string): Array<Listed & { name: string }> =>
  [...new Set(ids)].map((id, index) => ({ id, name, seq: index + 1, rev: 1 }));

const organization: Record<string, Endpoint> = {
  'department.list': endpoint(
    z.object({ ...syncing, includeArchived: bool.default(false) }),
    (input, call) => {
      const { jobs: all } = call.data.state;
      const from = iso(Math.min(...all.map(({ createdAt }) => createdAt)));
      return listPage({
        list: 'department.list',
        items: named(
          all.map(({ departmentId }) => departmentId),
          'Engineering',
        ),
        input,
        call,
        show: ({ id, name }) => ({ id, name, isArchived: false, createdAt: from, updatedAt: from }),
      });
    },
  ),
  'location.list': endpoint(
    z.object({ ...syncing, includeArchived: bool.default(false) }),
    (input, call) =>
      listPage({
        list: 'location.list',
        items: named(
          call.data.state.jobs.map(({ locationId }) => locationId),
          'Berlin',
        ),
        input,
        call,
        show: ({ id, name }) => ({ id, name, isArchived: false, type: 'Location' }),
      }),
  ),
};

const includeArchived = z.object({ includeArchived: bool.default(false) });

export const setupEndpoints: Readonly<Record<string, Endpoint>> = {
  ...jobs,
  ...plans,
  ...users,
  ...organization,
  'archiveReason.list': endpoint(includeArchived, (input, call) => ({
    results: call.data.state.archiveReasons.filter(
      ({ isArchived }) => input.includeArchived || !isArchived,
    ),
  })),
  'source.list': endpoint(includeArchived, (input, call) => ({
    results: call.data.state.sources.filter(
      ({ isArchived }) => input.includeArchived || !isArchived,
    ),
    moreDataAvailable: false,
  })),
  'apiKey.info': endpoint(z.object({}), (_, { key }) => ({
    results: { title: key.title, createdAt: iso(key.createdAt), scopes: key.scopes },
  })),
  // The answer's shape is undocumented [inferred].
  'version.list': endpoint(z.object({}), () => ({
    results: [{ version: apiVersion, status: 'active' }],
  })),
};
