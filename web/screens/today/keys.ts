/**
 * From row to row by keys. They count while the content of the page has the focus, so that nobody's
 * own way of speaking to the browser is taken for them.
 */
import { useEffect } from 'react';

const rowActs = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('main li:has([data-row-act])'),
];

const actIn = (row: Element | undefined): HTMLElement | null =>
  row?.querySelector<HTMLElement>('[data-row-act]') ?? null;

const here = (rows: readonly HTMLElement[]): number =>
  rows.findIndex((row) => row.contains(document.activeElement));

const go = (step: 1 | -1): void => {
  const rows = rowActs();
  const at = here(rows);
  const next = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step));
  actIn(rows[next])?.focus();
};

/** Whether the focus was lost with a row, or stands in a dialog or menu that is just going. */
const isAdrift = (): boolean => {
  const focus = document.activeElement;
  return focus === null || focus === document.body || focus.closest('main') === null;
};

/** Remembers a row's place; what it gives puts the focus into the row that stands there then. */
export const keepPlace = (inRow: Element | null): (() => void) => {
  const at = rowActs().findIndex((row) => row.contains(inRow));
  return () => {
    requestAnimationFrame(() => {
      const rows = rowActs();
      if (at >= 0 && isAdrift()) actIn(rows[Math.min(at, rows.length - 1)])?.focus();
    });
  };
};

const isTyping = (element: Element | null): boolean =>
  element instanceof HTMLElement &&
  (element.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName));

export const useRowKeys = (showKeys: () => void): void => {
  useEffect(() => {
    const act: Record<string, () => void> = {
      j: () => { go(1); },
      ArrowDown: () => { go(1); },
      k: () => { go(-1); },
      ArrowUp: () => { go(-1); },
      m: () => rowActs()[here(rowActs())]?.querySelector<HTMLElement>('[data-row-more]')?.click(),
      '?': showKeys,
    }; // prettier-ignore
    const onKey = (event: KeyboardEvent): void => {
      const focus = document.activeElement;
      const isHere = document.querySelector('main')?.contains(focus) ?? false;
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const wanted = act[event.key];
      if (!isHere || !isPlain || isTyping(focus) || wanted === undefined) return;
      event.preventDefault();
      wanted();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [showKeys]);
};
