/** What is said for this interview alone, as a layer over its template: where its fields stand. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { beneath, companyQuery, defaultsQuery } from '../../parts/layer/below.ts';
import { saying } from '../../parts/layer/layers.ts';
import { type Scope, ScopeProvider } from '../../parts/layer/scope.ts';
import { words as layerWords } from '../../parts/layer/words.ts';
import type { ChangePlan, Draft, Plan } from './plan.ts';

export const PlanScope = ({
  draft: { template, settings, interview },
  plan: { layer },
  onPlan,
  children,
}: {
  draft: Draft;
  plan: Plan;
  onPlan: ChangePlan;
  children: ReactNode;
}) => {
  const defaults = useQuery(defaultsQuery).data;
  const company = useQuery(companyQuery).data;
  const scope = useMemo(
    (): Scope => ({
      layer,
      below: [
        ...(defaults && company
          ? beneath(defaults, { name: layerWords.company, layer: company.layer ?? {} })
          : []),
        { name: template?.name ?? layerWords.company, layer: settings },
      ],
      say: (name, value) => {
        onPlan((now) => ({ ...now, layer: saying(now.layer, name, value) }));
      },
      errors: {},
      mayChange: true,
      isOpen: true,
      atsId: interview.connectionId,
      places: company?.places ?? [],
    }),
    [layer, defaults, company, template, settings, interview, onPlan],
  );
  return <ScopeProvider value={scope}>{children}</ScopeProvider>;
};
