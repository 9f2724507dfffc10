/**
 * The focus is never lost: where what had it vanishes (a row that was removed, a button that does
 * its work) and nothing else takes it, it goes to what stands in that place now. Whoever goes by
 * keys would else begin at the top of the page again.
 */
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), ' +
  'textarea:not(:disabled), [contenteditable=true], [tabindex]:not([tabindex="-1"])';

/** Something that had the focus, and where it stood: each box around it, with its place in there. */
interface Place {
  element: HTMLElement;
  around: ReadonlyArray<{ box: Element; at: number }>;
}

const placeOf = (element: HTMLElement): Place => {
  const around: Array<{ box: Element; at: number }> = [];
  let inner: Element = element;
  for (let box = inner.parentElement; box !== null; box = box.parentElement) {
    around.push({ box, at: [...box.children].indexOf(inner) });
    inner = box;
  }
  return { element, around };
};

const canTake = (element: HTMLElement): boolean =>
  element.isConnected && element.matches(`${focusable}, [tabindex]`) && element.checkVisibility();

/** What comes first at this place of the box or after it; else the last before it. */
const nearestIn = (box: Element, at: number): HTMLElement | undefined => {
  const all = [...box.querySelectorAll<HTMLElement>(focusable)].filter(canTake);
  const here = box.children[at];
  const isBefore = (one: HTMLElement): boolean =>
    here === undefined ||
    (!here.contains(one) && (here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_PRECEDING) > 0);
  return all.find((one) => !isBefore(one)) ?? all.at(-1);
}; // prettier-ignore

/** Undefined: nothing of where it stood is there any more. */
const successorOf = ({ element, around }: Place): HTMLElement | undefined => {
  if (canTake(element)) return element;
  for (const { box, at } of around) {
    if (!box.isConnected) continue;
    // What is left there is another dialog or a message.
    if (box === document.body || box.parentElement === document.body) return undefined;
    const found = nearestIn(box, at);
    if (found) return found;
  }
  return undefined;
};

const isNowhere = (): boolean =>
  document.activeElement === null || document.activeElement === document.body;

export const keepFocus = (): void => {
  let last: Place | null = null;
  /** The last one that stood in no dialog. */
  let inPage: Place | null = null;
  const mend = (): void => {
    if (!isNowhere() || last === null) return;
    // One that only does its work gets it back when that is done.
    if (last.element.isConnected && last.element.matches(':disabled')) return;
    const next = successorOf(last) ?? (inPage && successorOf(inPage));
    (next ?? document.querySelector('main'))?.focus();
  };
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    last = placeOf(target);
    if (target.closest('[role=dialog]') === null) inPage = last;
  });
  // Whoever points somewhere else has left it on purpose.
  document.addEventListener('pointerdown', () => {
    last = null;
  });
  new MutationObserver(() => {
    // After whatever takes the focus by itself: a dialog gives it back in a task of its own.
    if (isNowhere() && last !== null) setTimeout(() => requestAnimationFrame(mend), 20);
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
};
