/**
 * What else is said for this interview alone: whether the candidate gets mail and invite, a note, the
 * itinerary's rows, and what platforms open.
 */
import { Group, Stack, Textarea } from '@mantine/core';
import { CodingChoices } from '../../parts/layer/coding.tsx';
import { settled } from '../../parts/layer/layers.ts';
import { useScope } from '../../parts/layer/scope.ts';
import { SentSwitch } from '../../parts/layer/texts.tsx';
import { VariableText } from '../../parts/variable-text/variable-text.tsx';
import { Fold } from './fold.tsx';
import type { Plan } from './plan.ts';
import { words } from './words.ts';

export const Settings = ({ plan, onPlan }: { plan: Plan; onPlan: (plan: Plan) => void }) => {
  const { below, layer, say } = useScope();
  return (
    <Fold
      label={words.settings.title}
      beside={
        <Group gap="md" px="xs">
          <SentSwitch name="texts.candidateMail" />
          <SentSwitch name="texts.candidateInvite" />
        </Group>
      }
    >
      <CodingChoices />
      <Stack gap="sm" pt="sm">
        <VariableText
          label={words.settings.itinerary}
          description={words.settings.itineraryHint}
          audience="itinerary"
          value={settled([...below.map((one) => one.layer), layer])['texts.itinerary']}
          onChange={(itinerary) => {
            say('texts.itinerary', itinerary);
          }}
        />
        <Textarea
          label={words.settings.note}
          description={words.settings.noteHint}
          autosize
          minRows={2}
          maxLength={5_000}
          value={plan.note}
          onChange={({ currentTarget }) => {
            onPlan({ ...plan, note: currentTarget.value });
          }}
        />
      </Stack>
    </Fold>
  );
};
