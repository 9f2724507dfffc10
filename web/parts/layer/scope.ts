/** What the fields of a layer need to know: the layer, what lies beneath, and who may change it. */
import { createContext, type ReactNode, useContext } from 'react';
import type { Below, Layer, Place, SettingName, Settled } from './layers.ts';

export interface Scope {
  layer: Layer;
  /** The lowest first. */
  below: readonly Below[];
  /** Undefined takes the setting back to what holds beneath. */
  say<Name extends SettingName>(name: Name, value: Settled[Name] | undefined): void;
  /** What the hub refused, by the addresses of fields: `layer.events.0.name`. */
  errors: Readonly<Record<string, ReactNode>>;
  /** Without the right, settings are told and not changed. */
  mayChange: boolean;
  /** Every field stands open, and changing one says it here. */
  isOpen?: boolean;
  /** The ATS whose feedback forms can be chosen; null: none yet. */
  atsId: string | null;
  /** The company's, of which an interview takes place at one. */
  places: readonly Place[];
}

const ScopeContext = createContext<Scope | null>(null);

export const ScopeProvider = ScopeContext.Provider;

export const useScope = (): Scope => {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('layer: a field stands outside of its form.');
  return scope;
};

/** The refusal of a field, or of anything within it. */
export const errorAt = ({ errors }: Scope, path: string): ReactNode => {
  const at = Object.keys(errors).find((one) => one === path || one.startsWith(`${path}.`));
  return at === undefined ? undefined : errors[at];
};
