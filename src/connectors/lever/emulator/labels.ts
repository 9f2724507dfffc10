/** Tags and sources: which ones an opportunity has, and how many opportunities have each. */
import type { OpportunityRecord, PostingRecord } from './state.ts';

/** [live] The tags that an opportunity inherits from its posting, as long as it says so. */
export const tagsOfPosting = (posting: PostingRecord): string[] => {
  const { department, team, location, commitment } = posting.categories;
  return [posting.text, department, team, location, commitment, ...posting.tags];
};

export const tagsOf = (
  opportunity: OpportunityRecord,
  posting: PostingRecord | undefined,
): string[] => [
  ...new Set([...opportunity.tags, ...(posting ? tagsOfPosting(posting) : [])].filter(Boolean)),
];

export interface Counts {
  /** Count by text in order of first use. */
  readonly entries: ReadonlyMap<string, number>;
  add(texts: readonly string[], by: 1 | -1): void;
}

/** `known` is part of the state: a label that lost its last bearer stays listed. */
export const createCounts = (known: string[]): Counts => {
  const entries = new Map<string, number>(known.map((text) => [text, 0]));
  return {
    entries,
    add(texts, by) {
      for (const text of texts) {
        const count = entries.get(text);
        if (count === undefined) known.push(text);
        entries.set(text, (count ?? 0) + by);
      }
    },
  };
};
