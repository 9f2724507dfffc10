/** Opportunities newest first, with logarithmic look-up: lists page without walking from the top. */
import type { OpportunityRecord } from './state.ts';

export interface Timeline {
  readonly items: readonly OpportunityRecord[];
  add(opportunity: OpportunityRecord): void;
  remove(opportunity: OpportunityRecord): void;
  /** Where an item with this key stands, or would stand. */
  positionOf(createdAt: number, id: string): number;
}

export const createTimeline = (): Timeline => {
  const items: OpportunityRecord[] = [];
  const positionOf = (createdAt: number, id: string): number => {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const item = items[middle];
      const before =
        item !== undefined &&
        (item.createdAt > createdAt || (item.createdAt === createdAt && item.id < id));
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    items,
    positionOf,
    add(opportunity) {
      items.splice(positionOf(opportunity.createdAt, opportunity.id), 0, opportunity);
    },
    remove(opportunity) {
      const position = positionOf(opportunity.createdAt, opportunity.id);
      if (items[position] === opportunity) items.splice(position, 1);
    },
  };
};
