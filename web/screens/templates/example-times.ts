/** Starts for a preview: one after the other, from ten o'clock on the next working day. */
export const exampleTimes = (
  events: ReadonlyArray<{ minutes: number }>,
  gapMinutes: number,
  now: Date,
): string[] => {
  const start = new Date(now);
  do start.setDate(start.getDate() + 1);
  while (start.getDay() === 0 || start.getDay() === 6);
  start.setHours(10, 0, 0, 0);
  const first = start.getTime();
  const starts = events.reduce<number[]>(
    (times, { minutes }) => [...times, (times.at(-1) ?? first) + (minutes + gapMinutes) * 60_000],
    [first],
  );
  return starts.slice(0, Math.max(events.length, 1)).map((at) => new Date(at).toISOString());
};
