/** The state with indexes over it: nothing that is read singly is searched for. */
import { countedUuid } from './ids.ts';
import type {
  Activity,
  Listed,
  State,
  StoredApplication,
  StoredCandidate,
  StoredJob,
  StoredNote,
  StoredSchedule,
  StoredStage,
  StoredUser,
} from './model.ts';

export interface Data {
  state: State;
  candidates: Map<string, StoredCandidate>;
  applications: Map<string, StoredApplication>;
  jobs: Map<string, StoredJob>;
  stages: Map<string, StoredStage>;
  users: Map<string, StoredUser>;
  notesOf(candidateId: string): StoredNote[];
  schedulesOf(applicationId: string): StoredSchedule[];
  withEmail(email: string): StoredCandidate[];
  stagesOf(planId: string): StoredStage[];
  newId(): string;
  /** Gives a new record its place in its list; `touch` marks a later change. */
  listed(): Listed;
  touch(record: { rev: number; updatedAt?: number }, now: number): void;
  addCandidate(candidate: StoredCandidate): void;
  removeCandidate(candidate: StoredCandidate): void;
  addApplication(application: StoredApplication): void;
  addNote(note: StoredNote): void;
  moveNotes(fromId: string, toId: string): void;
  setEmails(candidate: StoredCandidate, emails: StoredCandidate['emails']): void;
  log(activity: Activity): void;
}

const keptActivities = 5_000;

export const createData = (state: State): Data => {
  const byId = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
    new Map(items.map((item) => [item.id, item]));
  const candidates = byId(state.candidates);
  const applications = byId(state.applications);
  const notes = Map.groupBy(state.notes, (note) => note.candidateId);
  const emails = new Map<string, StoredCandidate[]>();

  const indexEmails = (candidate: StoredCandidate): void => {
    for (const { value } of candidate.emails) {
      const key = value.toLowerCase();
      const same = emails.get(key);
      if (!same) emails.set(key, [candidate]);
      else if (!same.includes(candidate)) same.push(candidate);
    }
  };
  const unindexEmails = (candidate: StoredCandidate): void => {
    for (const { value } of candidate.emails) {
      const key = value.toLowerCase();
      const rest = (emails.get(key) ?? []).filter((other) => other !== candidate);
      if (rest.length === 0) emails.delete(key);
      else emails.set(key, rest);
    }
  };
  state.candidates.forEach(indexEmails);

  const newId = (): string => {
    state.counter += 1;
    return countedUuid(state.seed, state.counter);
  };

  return {
    state,
    candidates,
    applications,
    jobs: byId(state.jobs),
    stages: byId(state.stages),
    users: byId(state.users),
    notesOf: (candidateId) => notes.get(candidateId) ?? [],
    schedulesOf: (applicationId) =>
      state.schedules.filter((schedule) => schedule.applicationId === applicationId),
    withEmail: (email) => emails.get(email.trim().toLowerCase()) ?? [],
    stagesOf: (planId) => state.stages.filter((stage) => stage.planId === planId),
    newId,
    listed() {
      state.seq += 1;
      state.revision += 1;
      return { id: newId(), seq: state.seq, rev: state.revision };
    },
    touch(record, now) {
      state.revision += 1;
      record.rev = state.revision;
      if ('updatedAt' in record) record.updatedAt = now;
    },
    addCandidate(candidate) {
      state.candidates.push(candidate);
      candidates.set(candidate.id, candidate);
      indexEmails(candidate);
    },
    removeCandidate(candidate) {
      unindexEmails(candidate);
      candidates.delete(candidate.id);
      removeFrom(state.candidates, candidate);
      for (const id of candidate.applicationIds) {
        const application = applications.get(id);
        if (application) removeFrom(state.applications, application);
        applications.delete(id);
        for (const schedule of state.schedules.filter((one) => one.applicationId === id))
          removeFrom(state.schedules, schedule);
      }
      for (const note of notes.get(candidate.id) ?? []) removeFrom(state.notes, note);
      notes.delete(candidate.id);
    },
    addApplication(application) {
      state.applications.push(application);
      applications.set(application.id, application);
      candidates.get(application.candidateId)?.applicationIds.push(application.id);
    },
    addNote(note) {
      state.notes.push(note);
      const same = notes.get(note.candidateId);
      if (same) same.push(note);
      else notes.set(note.candidateId, [note]);
    },
    moveNotes(fromId, toId) {
      const moved = notes.get(fromId) ?? [];
      for (const note of moved) note.candidateId = toId;
      notes.set(
        toId,
        [...(notes.get(toId) ?? []), ...moved].sort((one, other) => one.seq - other.seq),
      );
      notes.delete(fromId);
    },
    setEmails(candidate, next) {
      unindexEmails(candidate);
      candidate.emails = next;
      indexEmails(candidate);
    },
    log(activity) {
      if (state.activities.length >= keptActivities) state.activities.splice(0, keptActivities / 2);
      state.activities.push(activity);
    },
  };
};

/** Index of the first item whose `seq` is above `after`; the list ascends by `seq`. */
export const firstAfter = (items: readonly Listed[], after: number): number => {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.seq ?? Infinity) > after) high = middle;
    else low = middle + 1;
  }
  return low;
};

const removeFrom = <T extends Listed>(items: T[], item: T): void => {
  const index = firstAfter(items, item.seq - 1);
  if (items[index] === item) items.splice(index, 1);
};
