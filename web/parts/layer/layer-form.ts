/** What a form that holds a layer hands to its fields. */
import type { UseFormReturnType } from '@mantine/form';
import { type Layer, saying } from './layers.ts';
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
