/** What these screens ask of the hub. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, got, type Schemas } from '../../hub/client.ts';
import { accountsQuery, choicesQuery, nameOf } from '../../parts/choices.ts';

export type Rule = Schemas['Rule'];

/** How a rule fares depends on its accounts, too. */
export const rulesKey = 'rules connections';

export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: [rulesKey, id],
    queryFn: () => got(api.GET('/api/v1/rules/{id}', { params: { path: { id } } })),
  });

export type Told = Pick<
  Rule,
  'connectionId' | 'stageIds' | 'tag' | 'jobId' | 'action' | 'platformId' | 'testId'
>;

/** What a rule names by ids, by name. */
export const useNames = (rule: Told) => {
  const accounts = useQuery(accountsQuery).data;
  const stages = useQuery(choicesQuery(rule.connectionId, 'stages')).data;
  const tags = useQuery({
    ...choicesQuery(rule.connectionId, 'tags'),
    enabled: rule.tag !== null,
  }).data;
  const jobs = useQuery({
    ...choicesQuery(rule.connectionId, 'jobs'),
    enabled: rule.jobId !== null,
  }).data;
  const kind = rule.action === 'assessment' ? 'tests' : 'templates';
  const tests = useQuery({
    ...choicesQuery(rule.platformId, kind),
    enabled: rule.testId !== null,
  }).data;
  const account = (id: string): string => accounts?.find((one) => one.id === id)?.name ?? id;
  return {
    ats: account(rule.connectionId),
    platform: account(rule.platformId),
    stage: (id: string) => nameOf(id, stages),
    stages: rule.stageIds.map((id) => nameOf(id, stages)),
    tag: rule.tag === null ? null : nameOf(rule.tag, tags),
    job: rule.jobId === null ? null : nameOf(rule.jobId, jobs),
    test: rule.testId === null ? null : nameOf(rule.testId, tests),
  };
};
