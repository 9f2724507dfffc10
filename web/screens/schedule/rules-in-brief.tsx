/** How the events may lie, in a line; opened, each rule can be changed for this interview. */
import { memo } from 'react';
import { RuleSettings } from '../../parts/layer/rules.tsx';
import { Brief } from './brief.tsx';
import type { Settings } from './plan.ts';
import { words } from './words.ts';

export const RulesInBrief = memo(({ rules }: { rules: Settings }) => (
  <Brief title={words.rules.title} told={words.rules.told(rules)}>
    <RuleSettings />
  </Brief>
));
