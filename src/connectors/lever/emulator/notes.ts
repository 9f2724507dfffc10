/** Notes on the candidate's timeline, by API or by a person. */
import { badRequest } from './errors.ts';
import type { NoteComment, NoteRecord, OpportunityRecord, UserRecord } from './state.ts';
import type { World } from './world.ts';

export interface NewNote {
  value: string;
  secret: boolean;
  score: number | null;
  createdAt: number | undefined;
  actor: UserRecord | null;
  byApi: boolean;
}

export interface Notes {
  create(opportunity: OpportunityRecord, note: NewNote): NoteRecord;
  /** Adds a comment to a thread. */
  comment(opportunity: OpportunityRecord, note: NoteRecord, more: NewNote): void;
  replace(note: NoteRecord, comments: Array<Pick<NewNote, 'value' | 'score' | 'createdAt'>>): void;
  /** A deleted note keeps coming back with `deletedAt`. */
  remove(note: NoteRecord): void;
}

export const createNotes = ({ index, mint, options }: World): Notes => {
  const commentOf = (opportunity: OpportunityRecord, note: NewNote): NoteComment => ({
    value: note.value,
    user: note.actor?.id ?? null,
    score: note.score,
    stage: opportunity.stage,
    createdAt: past(note.createdAt) ?? options.now(),
  });

  const past = (createdAt: number | undefined): number | undefined => {
    if (createdAt !== undefined && createdAt > options.now())
      throw badRequest('createdAt must not be in the future');
    return createdAt;
  };

  const mustBeOurs = (note: NoteRecord): void => {
    if (!note.byApi) throw badRequest('Only notes that were created via the API can be changed');
  };

  return {
    create(opportunity, note) {
      const comment = commentOf(opportunity, note);
      const record: NoteRecord = {
        id: mint.uuid(),
        opportunity: opportunity.id,
        comments: [comment],
        user: comment.user,
        secret: note.secret,
        byApi: note.byApi,
        createdAt: comment.createdAt,
        deletedAt: null,
      };
      index.addNote(record);
      return record;
    },
    comment(opportunity, note, more) {
      note.comments.push(commentOf(opportunity, more));
    },
    replace(note, comments) {
      mustBeOurs(note);
      const stage = note.comments[0]?.stage ?? '';
      note.comments = comments.map(({ value, score, createdAt }) => ({
        value,
        user: note.user,
        score,
        stage,
        createdAt: past(createdAt) ?? options.now(),
      }));
    },
    remove(note) {
      mustBeOurs(note);
      note.deletedAt ??= options.now();
    },
  };
};
