/** What is offered while a variable is being typed, and the keys that choose from it. */
import { Extension } from '@tiptap/core';
import { type EditorState, Plugin } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type Audience, offered, type Variable } from './variables.ts';

export interface Offer {
  /** Where the `$` stands in the document. */
  from: number;
  typed: string;
  variables: readonly Variable[];
  /** Which of them Enter takes. */
  active: number;
}

export interface Offers {
  subscribe(told: () => void): () => void;
  now(): Offer | null;
  choose(active: number): void;
  take(view: EditorView, variable: Variable): void;
  follow(state: EditorState, hasFocus: boolean): void;
  onKey(view: EditorView, event: KeyboardEvent): boolean;
}

/** A `$` that is not written twice, and what follows it up to the caret. */
const begun = /(?:^|[^$])(?:\$\$)*(\$([A-Za-z][A-Za-z0-9.]*)?)$/;

const typedAt = ({ selection }: EditorState): { from: number; typed: string } | null => {
  if (!selection.empty) return null;
  const match = begun.exec(selection.$from.nodeBefore?.text ?? '');
  const [, whole = '', typed = ''] = match ?? [];
  return match ? { from: selection.from - whole.length, typed } : null;
};

export const createOffers = (variables: readonly Variable[], audience: Audience): Offers => {
  const told = new Set<() => void>();
  let offer: Offer | null = null;
  /** Where Escape was pressed, until the caret leaves it. */
  let closedAt: number | null = null;
  const set = (next: Offer | null): void => {
    offer = next;
    for (const one of told) one();
  };
  const offers: Offers = {
    subscribe(one) {
      told.add(one);
      return () => told.delete(one);
    },
    now: () => offer,
    choose(active) {
      if (offer) set({ ...offer, active });
    },
    take(view, { name }) {
      if (!offer) return;
      const { tr, schema, selection } = view.state;
      tr.replaceWith(offer.from, selection.head, schema.node('chip', { source: name }));
      view.dispatch(tr.scrollIntoView());
      view.focus();
    },
    follow(state, hasFocus) {
      const typed = hasFocus ? typedAt(state) : null;
      if (typed?.from !== closedAt) closedAt = null;
      if (typed === null || closedAt !== null) {
        if (offer) set(null);
        return;
      }
      if (typed.from === offer?.from && typed.typed === offer.typed) return;
      set({ ...typed, variables: offered(variables, audience, typed.typed), active: 0 });
    },
    onKey(view, { key, isComposing }) {
      if (!offer || isComposing) return false;
      const { variables: found, active, from } = offer;
      if (key === 'Escape') {
        closedAt = from;
        set(null);
        return true;
      }
      if (found.length === 0) return false;
      const last = found.length - 1;
      const to: Record<string, number> = {
        ArrowDown: active === last ? 0 : active + 1,
        ArrowUp: active === 0 ? last : active - 1,
        PageDown: Math.min(active + 8, last),
        PageUp: Math.max(active - 8, 0),
      };
      const next = to[key];
      if (next !== undefined) {
        offers.choose(next);
        return true;
      }
      const chosen = found[active];
      if (!chosen || (key !== 'Enter' && key !== 'Tab')) return false;
      offers.take(view, chosen);
      return true;
    },
  };
  return offers;
};

export const createOffering = (offers: Offers) =>
  Extension.create({
    name: 'offering',
    // Before what Enter does otherwise.
    priority: 1_000,
    addProseMirrorPlugins: () => [
      new Plugin({
        view: () => ({
          update(view) {
            offers.follow(view.state, view.hasFocus());
          },
        }),
        props: {
          handleKeyDown: (view, event) => offers.onKey(view, event),
          handleDOMEvents: {
            blur(view) {
              offers.follow(view.state, false);
              return false;
            },
          },
        },
      }),
    ],
  });
