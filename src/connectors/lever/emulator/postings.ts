/** Changes of postings, which show at once in the tags of everybody who applied. [live] */
import type { PostingRecord } from './state.ts';
import type { World } from './world.ts';

export interface Postings {
  change(
    posting: PostingRecord,
    change: { text?: string | undefined; tags?: string[] | undefined },
  ): void;
}

export const createPostings = ({ index, options }: World): Postings => ({
  change(posting, { text, tags }) {
    index.changePosting(posting, () => {
      if (text !== undefined) posting.text = text;
      if (tags !== undefined) posting.tags = [...new Set(tags)];
      posting.updatedAt = options.now();
    });
  },
});
