/** What the scheduling page opens with for a candidate: nothing is stored or asked of people. */
import { settle, type Settled } from '#core/interview/layers.ts';
import type { CandidateRow } from '#store/candidates.ts';
import { findCompany } from '#store/company.ts';
import type { Executor } from '#store/database.ts';
import { findTemplate, templateFor, templateLayers, type TemplateRow } from '#store/templates.ts';
import { reachable } from './gather-scene.ts';
import { noAddress } from './requests.ts';

export interface Draft {
  template: TemplateRow | null;
  settled: Settled;
  /** What a coordinator should know before choosing a time. */
  remarks: string[];
}

/** The template that a candidate's job and stage call for; null: none is meant for them. */
export const fittingTemplate = (
  db: Executor,
  candidate: CandidateRow,
): Promise<TemplateRow | null> =>
  templateFor(db, {
    connectionId: candidate.connection_id,
    jobId: candidate.job_id,
    stageId: candidate.stage_id,
  });

/** `templateId` null: with the template that fits. */
export const draftInterview = async (
  db: Executor,
  candidate: CandidateRow,
  templateId: string | null,
): Promise<Draft> => {
  const template =
    templateId === null ? await fittingTemplate(db, candidate) : await findTemplate(db, templateId);
  const { layer } = await findCompany(db);
  const layers = template === null ? [] : await templateLayers(db, template.id);
  const settled = settle([layer, ...layers.map((one) => one.layer)]);
  const remarks = [
    ...(candidate.archived
      ? ['The candidate is archived in the ATS. Unarchive it there first.']
      : []),
    ...(reachable(candidate.email) === '' ? [noAddress] : []),
    ...(template === null
      ? ['No template is for this job and stage. Choose one, or describe the events.']
      : []),
  ];
  return { template, settled, remarks };
};
