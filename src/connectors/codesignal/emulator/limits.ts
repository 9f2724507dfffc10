/**
 * The documented limits of one query: depth 10, cost 10,000. A field that returns objects costs 1,
 * times every `first` above it and its own; the vendor's own values per field are not in the schema.
 */
import {
  getNamedType,
  isCompositeType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
} from 'graphql';
import type { EmulatorOptions } from '#connectors/emulator.ts';
import { refuse } from './refuse.ts';

const deepest = 10;
const dearest = 10_000;

/** What is wrong with the query, if anything. Fragments count where they are defined. */
export const overLimit = (
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): string | null => {
  const types = new TypeInfo(schema);
  const factors: number[] = [];
  let depth = 0;
  let cost = 0;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        enter(node) {
          factors.push((factors.at(-1) ?? 1) * countOf(node, variables));
          depth = Math.max(depth, factors.length);
          const type = types.getType();
          if (type && isCompositeType(getNamedType(type))) cost += factors.at(-1) ?? 1;
        },
        leave() {
          factors.pop();
        },
      },
    }),
  );
  if (depth > deepest) return `The query exceeds the maximum depth of ${String(deepest)}`;
  if (cost > dearest)
    return `The query exceeds the maximum cost of ${String(dearest)}. Actual cost is ${String(cost)}`;
  return null;
};

const countOf = (field: FieldNode, variables: Record<string, unknown>): number => {
  const value = field.arguments?.find((argument) => argument.name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Math.max(1, Number(value.value));
  if (value?.kind === Kind.VARIABLE) return Math.max(1, Number(variables[value.name.value]) || 1);
  return 1;
};

/** "10 requests per second, or 5" [doc]; that the mutations are the slower ones is inferred. */
const vendorRate = { read: 10, write: 5 };

/** Counts calls per key and field in windows of a second; refuses what is too much. */
export const createRateLimit = (options: EmulatorOptions) => {
  const windows = new Map<string, { from: number; calls: number }>();
  return (keyId: string, field: string, kind: 'read' | 'write'): void => {
    const most = options.rate === 'vendor' ? vendorRate[kind] : options.rate;
    if (most === 0) return;
    const name = `${keyId}/${field}`;
    const now = options.now();
    const last = windows.get(name);
    const window = last && now - last.from < 1_000 ? last : { from: now, calls: 0 };
    window.calls += 1;
    windows.set(name, window);
    if (window.calls > most)
      refuse('RATE_LIMITED', `You are trying to access '${field}' too often`);
  };
};
