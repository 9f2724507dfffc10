/** `application.*`. */
import { z } from 'zod';
import type { StoredApplication, StoredJob, StoredStage } from './model.ts';
import {
  bool,
  type Call,
  endpoint,
  type Endpoint,
  instant,
  invalidInput,
  listPage,
  millis,
  notFound,
  paging,
  seesApplication,
  seesJob,
  syncing,
  uuid,
} from './rpc.ts';
import { statusOf } from './views.ts';

export const applicationOf = (call: Call, id: string): StoredApplication => {
  const application = call.data.applications.get(id);
  if (!application || !seesApplication(call, application)) throw notFound('application');
  return application;
};

const jobOf = (call: Call, id: string): StoredJob => {
  const job = call.data.jobs.get(id);
  if (!seesJob(call, job)) throw notFound('job');
  return job;
};

const stageOf = (call: Call, id: string, planId: string): StoredStage => {
  const stage = call.data.stages.get(id);
  if (stage?.planId !== planId) throw notFound('interview stage');
  return stage;
};

const statuses = z.enum(['Hired', 'Archived', 'Active', 'Lead']);

const list = endpoint(
  z.object({
    ...syncing,
    createdAfter: millis.optional(),
    jobId: uuid.optional(),
    // [code] A string in the documentation, an array from newer clients.
    status: z.union([statuses.transform((one) => [one]), z.array(statuses)]).optional(),
    expand: z.array(z.enum(['openings'])).optional(),
  }),
  (input, call) => {
    const wanted = input.status ? new Set(input.status) : null;
    return listPage({
      list: 'application.list',
      items: call.data.state.applications,
      input,
      call,
      keep: (application) =>
        application.createdAt > (input.createdAfter ?? -Infinity) &&
        (input.jobId === undefined || application.jobId === input.jobId) &&
        (wanted === null || wanted.has(statusOf(call.data.stages.get(application.stageId)))) &&
        seesApplication(call, application),
      show: (application) => call.views.application(application),
    });
  },
);

const changeStage = endpoint(
  z.object({
    applicationId: uuid,
    interviewStageId: uuid,
    archiveReasonId: uuid.optional(),
    archiveEmail: z
      .object({ communicationTemplateId: uuid, sendAt: instant.optional() })
      .optional(),
  }),
  (input, call) => {
    const application = applicationOf(call, input.applicationId);
    const stage = stageOf(call, input.interviewStageId, planOf(call, application));
    const reasonId = input.archiveReasonId;
    if ((stage.type === 'Archived') !== (reasonId !== undefined))
      throw invalidInput(
        stage.type === 'Archived'
          ? 'archiveReasonId is required for an archived stage.'
          : 'archiveReasonId is allowed for an archived stage only.',
      );
    if (reasonId && !call.data.state.archiveReasons.some(({ id }) => id === reasonId))
      throw notFound('archive reason');
    if (input.archiveEmail) throw notFound('communication template');
    call.actions.move(application, stage, {
      actorId: call.actorId,
      archiveReasonId: reasonId ?? null,
    });
    return { results: call.views.application(application) };
  },
);

const planOf = (call: Call, application: StoredApplication): string =>
  call.data.jobs.get(application.jobId)?.planId ?? '';

/** [doc] Without a stage, the plan's first Lead stage; a plan without one begins at its first. */
const firstStage = (call: Call, planId: string, type: StoredStage['type']): StoredStage => {
  const stages = call.data.stagesOf(planId);
  const stage = stages.find((one) => one.type === type) ?? stages[0];
  if (!stage) throw notFound('interview stage');
  return stage;
};

const create = endpoint(
  z.object({
    candidateId: uuid,
    jobId: uuid,
    interviewPlanId: uuid.optional(),
    interviewStageId: z.union([z.literal('FirstPreInterviewScreen'), uuid]).optional(),
    sourceId: uuid.optional(),
    creditedToUserId: uuid.optional(),
    createdAt: instant.optional(),
    applicationHistory: z
      .array(
        z.object({ stageId: uuid, stageNumber: z.coerce.number().int(), enteredStageAt: instant }),
      )
      .optional(),
  }),
  (input, call) => {
    const candidate = call.data.candidates.get(input.candidateId);
    if (!candidate) throw notFound('candidate');
    const job = jobOf(call, input.jobId);
    if (input.interviewPlanId !== undefined && input.interviewPlanId !== job.planId)
      throw notFound('interview plan');
    const wanted = input.interviewStageId;
    const stage =
      wanted === undefined
        ? firstStage(call, job.planId, 'Lead')
        : wanted === 'FirstPreInterviewScreen'
          ? firstStage(call, job.planId, 'PreInterviewScreen')
          : stageOf(call, wanted, job.planId);
    const application = call.actions.apply({
      candidate,
      job,
      stage,
      actorId: call.actorId,
      sourceId: input.sourceId,
      creditedToUserId: input.creditedToUserId,
      createdAt: input.createdAt,
      path: input.applicationHistory
        ?.toSorted((one, other) => one.stageNumber - other.stageNumber)
        .map((row) => ({
          stage: stageOf(call, row.stageId, job.planId),
          enteredAt: row.enteredStageAt,
        })),
    });
    return { results: call.views.application(application, 'create') };
  },
);

const update = endpoint(
  z.object({
    applicationId: uuid,
    sourceId: uuid.optional(),
    creditedToUserId: uuid.optional(),
    createdAt: instant.optional(),
    sendNotifications: bool.optional(),
  }),
  (input, call) => {
    const application = applicationOf(call, input.applicationId);
    if (input.sourceId !== undefined) application.sourceId = input.sourceId;
    if (input.creditedToUserId !== undefined) application.creditedToUserId = input.creditedToUserId;
    if (input.createdAt !== undefined) application.createdAt = input.createdAt;
    call.actions.applicationChanged(application);
    return { results: call.views.application(application, 'update') };
  },
);

export const applicationEndpoints: Readonly<Record<string, Endpoint>> = {
  'application.info': endpoint(
    z.union([
      z.object({ applicationId: uuid, expand: z.array(z.string()).optional() }),
      z.object({ submittedFormInstanceId: uuid, expand: z.array(z.string()).optional() }),
    ]),
    (input, call) => {
      if (!('applicationId' in input)) throw notFound('application');
      const application = applicationOf(call, input.applicationId);
      const expansions = Object.fromEntries((input.expand ?? []).map((name) => [name, []]));
      return {
        results: {
          ...call.views.application(application),
          applicationHistory: call.views.history(application),
          ...expansions,
        },
      };
    },
  ),
  'application.list': list,
  'application.listHistory': endpoint(
    z.object({ ...paging, applicationId: uuid }),
    (input, call) => {
      const application = applicationOf(call, input.applicationId);
      const rows = call.views.history(application).map((row, index) => ({
        id: String(row['id']),
        seq: index + 1,
        rev: 0,
        row,
      }));
      return listPage({
        list: 'application.listHistory',
        items: rows,
        input,
        call,
        show: ({ row }) => row,
        syncs: false,
      });
    },
  ),
  'application.changeStage': changeStage,
  'application.create': create,
  'application.update': update,
  'application.transfer': endpoint(
    z.object({
      applicationId: uuid,
      jobId: uuid,
      interviewPlanId: uuid,
      interviewStageId: uuid,
      startAutomaticActivities: bool.default(true),
    }),
    (input, call) => {
      const application = applicationOf(call, input.applicationId);
      const job = jobOf(call, input.jobId);
      if (job.planId !== input.interviewPlanId) throw notFound('interview plan');
      const stage = stageOf(call, input.interviewStageId, job.planId);
      call.actions.transfer(application, job, stage, call.actorId);
      return { results: call.views.application(application) };
    },
  ),
};
