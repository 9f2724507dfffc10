/** A rule as the form holds it, and as the hub takes it. */
import type { Schemas } from '../../hub/client.ts';
import { type Choice, nameOf } from '../../parts/choices.ts';
import type { Rule } from './queries.ts';
import { words } from './words.ts';

/** A type, not an interface: forms take what has an index. */
export type Values = {
  name: string;
  connectionId: string | null;
  stageIds: string[];
  /** As people name it. */
  tag: string;
  jobId: string | null;
  action: Rule['action'];
  platformId: string | null;
  testId: string | null;
  repeats: boolean;
};

export const emptyRule: Values = {
  name: '',
  connectionId: null,
  stageIds: [],
  tag: '',
  jobId: null,
  action: 'assessment',
  platformId: null,
  testId: null,
  repeats: false,
};

export const valuesOf = (rule: Rule, tags: readonly Choice[]): Values => ({
  name: rule.name,
  connectionId: rule.connectionId,
  stageIds: rule.stageIds,
  tag: rule.tag === null ? '' : nameOf(rule.tag, tags),
  jobId: rule.jobId,
  action: rule.action,
  platformId: rule.platformId,
  testId: rule.testId,
  repeats: rule.repeats,
});

/** How people call them. */
export const labels: Record<keyof Values, string> = {
  name: words.form.name,
  connectionId: words.form.ats.label,
  stageIds: words.form.stages.label,
  tag: words.form.tag.label,
  jobId: words.form.job.label,
  action: words.form.action.label,
  platformId: words.form.platform.label,
  testId: words.form.test.label,
  repeats: words.form.repeats,
};

/** Whom the rule is about; null: that is not said yet. */
export const aboutOf = (values: Values) =>
  values.connectionId === null || values.stageIds.length === 0
    ? null
    : {
        connectionId: values.connectionId,
        stageIds: values.stageIds,
        tag: values.tag.trim() === '' ? null : values.tag.trim(),
        jobId: values.jobId,
      };

export type About = NonNullable<ReturnType<typeof aboutOf>>;

/** Whether it is on is said elsewhere. */
export type Body = Omit<Schemas['RuleInput'], 'enabled'>;

/** The form refuses what is missing before this is asked. */
export const bodyOf = (values: Values, unnamed: string): Body => ({
  ...values,
  name: values.name.trim() === '' ? unnamed : values.name,
  connectionId: values.connectionId ?? '',
  platformId: values.platformId ?? '',
  tag: values.tag.trim() === '' ? null : values.tag.trim(),
});

const isGiven = (what: string) => (value: string | null) => (value === null ? what : null);

export const validate = {
  connectionId: isGiven(words.form.ats.missing),
  stageIds: (ids: readonly string[]) => (ids.length === 0 ? words.form.stages.missing : null),
  platformId: isGiven(words.form.platform.missing),
  testId: (id: string | null, { action }: Values) =>
    action === 'assessment' && id === null ? words.form.test.missing : null,
};
