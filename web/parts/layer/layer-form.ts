/** What a form that holds a layer hands to its fields. */
import type { UseFormReturnType } from '@mantine/form';
import type { Parts } from '../meanwhile/weigh.ts';
import { type Layer, layerOf, type Said, saidOf, saying } from './layers.ts';
import { words } from './words.ts';
import type { Scope } from './scope.ts';

export const layerFieldsOf = <Values extends { layer: Layer }>(
  form: UseFormReturnType<Values>,
): Pick<Scope, 'layer' | 'errors' | 'say'> => ({
  layer: form.getValues().layer,
  errors: form.errors,
  say(name, value) {
    form.setValues((now) => ({ ...now, layer: saying(now.layer ?? {}, name, value) }));
    // What was refused is being changed.
    const rest = Object.entries(form.errors).filter(([at]) => !at.startsWith(`layer.${name}`));
    form.setErrors(Object.fromEntries(rest));
  },
});

const before = 'layer.';

/** Each setting of the layer can be changed apart from the others. */
export const splitLayer = ({ layer, ...rest }: { layer: Layer }): Parts => ({
  ...rest,
  ...Object.fromEntries(
    Object.entries(saidOf(layer)).map(([name, value]) => [before + name, value]),
  ),
});

export const joinLayer = (parts: Parts): Parts & { layer: Layer } => {
  const entries = Object.entries(parts);
  const said = entries.flatMap(([name, value]) =>
    name.startsWith(before) ? [[name.slice(before.length), value]] : [],
  );
  const rest = entries.filter(([name]) => !name.startsWith(before));
  return {
    ...Object.fromEntries(rest),
    layer: layerOf(Object.fromEntries(said) as Said),
  };
};

/** How people call the settings, by their parts. */
export const layerLabels: Readonly<Record<string, string>> = {
  'layer.interviewName': words.basics.name,
  'layer.remote': words.basics.remote,
  'layer.zone': words.basics.zone,
  'layer.placeId': words.basics.place,
  'layer.order': words.rules.order,
  'layer.maxDays': words.rules.days,
  'layer.gapMinutes': words.rules.gap,
  'layer.maxGapMinutes': words.rules.maxGap,
  'layer.lunch': words.rules.lunch,
  'layer.bufferMinutes': words.rules.buffer,
  'layer.events': words.events.label,
  'layer.coding': words.coding.label,
  'layer.recruiter': words.contacts.recruiter,
  'layer.coordinator': words.contacts.coordinator,
  'layer.hiringManager': words.contacts.hiringManager,
  'layer.texts.candidateMail': words.texts.candidateMail,
  'layer.texts.candidateInvite': words.texts.candidateInvite,
  'layer.texts.interviewerInvite': words.texts.interviewerInvite,
  'layer.texts.itinerary': words.texts.itinerary,
  'layer.linkWaitMinutes': words.sending.wait,
  'layer.hubLinks': words.sending.hubLinks,
  'layer.confirmHolds': words.sending.holds,
};
