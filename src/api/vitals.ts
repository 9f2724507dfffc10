/** What the machine and the daily care of a hub tell, and from when on somebody has to do something. */
import { statfs } from 'node:fs/promises';
import type { QueueSize } from '#store/queue.ts';

export interface Disk {
  freeBytes: number;
  totalBytes: number;
}

/** Of the folder; null: the system does not tell. */
export const diskOf = async (folder: string): Promise<Disk | null> => {
  const found = await statfs(folder).catch(() => null);
  if (found === null || found.blocks === 0) return null;
  return { freeBytes: found.bavail * found.bsize, totalBytes: found.blocks * found.bsize };
};

const day = 86_400_000;
/** Milliseconds that due work may wait before somebody has to look. */
const patience = 10 * 60_000;
const backupEvery = 7 * day;
const leastFree = 1024 ** 3;

interface Facts {
  queues: readonly QueueSize[];
  disk: Disk | null;
  lastBackup: number | null;
  now: number;
}

export const vitalProblems = ({
  queues,
  disk,
  lastBackup,
  now,
}: Facts): Array<{ code: string; text: string }> => {
  const late = queues.filter(({ oldestDue }) => oldestDue !== null && now - oldestDue > patience);
  const backupAdvice = 'Run loopwright backup FILE, every day by the timer of the machine.';
  return [
    ...late.map(({ queue }) => ({
      code: 'queue_late',
      text: `queue ${queue}: its work has waited for more than ten minutes. See in the log whether a process works (loopwright serve --role worker), or start one.`,
    })),
    ...(disk !== null && disk.freeBytes < leastFree
      ? [
          {
            code: 'disk_full',
            text: 'disk: less than 1 GiB is free where the data folder lies. Free some space before the database stops.',
          },
        ]
      : []),
    ...(lastBackup === null
      ? [{ code: 'backup_missing', text: `backup: none was made yet. ${backupAdvice}` }]
      : []),
    ...(lastBackup !== null && now - lastBackup > backupEvery
      ? [
          {
            code: 'backup_old',
            text: `backup: the last one is ${String(Math.floor((now - lastBackup) / day))} days old. ${backupAdvice}`,
          },
        ]
      : []),
  ];
};
