/** Times as fields of the browser hold them: `2026-12-07T09:30`, on the viewer's own clock. */
const two = (count: number): string => String(count).padStart(2, '0');

export const toLocal = (at: string): string => {
  const date = new Date(at);
  const day = `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

/** Null: it is no time yet. */
export const fromLocal = (local: string): string | null => {
  const at = new Date(local);
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString();
};
