/** The variables that are offered, below the place where one is being typed. */
import { Text, VisuallyHidden } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useLayoutEffect, useRef } from 'react';
import type { Offer, Offers } from './offers.ts';
import classes from './variable-text.module.css';
import { words } from './words.ts';

export const optionId = (listId: string, index: number): string => `${listId}-${String(index)}`;

export const OfferList = ({
  id,
  editor,
  offer,
  offers,
}: {
  id: string;
  editor: Editor;
  offer: Offer;
  offers: Offers;
}) => {
  const list = useRef<HTMLDivElement>(null);
  const { from, variables, active } = offer;
  useLayoutEffect(() => {
    const box = list.current;
    const frame = box?.offsetParent;
    if (!box || !frame) return;
    const watch = new ResizeObserver(() => {
      const { top, left, width } = frame.getBoundingClientRect();
      const caret = editor.view.coordsAtPos(from);
      const start = Math.max(0, Math.min(caret.left - left, width - box.offsetWidth));
      box.style.insetBlockStart = `${String(caret.bottom - top + 4)}px`;
      box.style.insetInlineStart = `${String(start)}px`;
    });
    watch.observe(frame);
    return () => {
      watch.disconnect();
    };
  }, [editor, from, variables.length]);
  useLayoutEffect(() => {
    document.getElementById(optionId(id, active))?.scrollIntoView({ block: 'nearest' });
  }, [id, active]);
  return (
    <>
      <VisuallyHidden role="status">{words.offersFound(variables.length)}</VisuallyHidden>
      {variables.length === 0 ? (
        <div className={classes.offers} ref={list}>
          <Text size="sm" c="dimmed" p="xs">
            {words.nothingFits}
          </Text>
        </div>
      ) : (
        <div
          className={classes.offers}
          ref={list}
          role="listbox"
          id={id}
          aria-label={words.offers}
          tabIndex={0}
          // The caret stays where it is.
          onPointerDown={(event) => {
            event.preventDefault();
          }}
        >
          {variables.map((variable, index) => (
            <div
              key={variable.name}
              id={optionId(id, index)}
              className={classes.offer}
              role="option"
              aria-selected={index === active}
              onPointerMove={() => {
                if (index !== active) offers.choose(index);
              }}
              onClick={() => {
                offers.take(editor.view, variable);
              }}
            >
              <div className={classes.name}>{variable.name}</div>
              <Text size="xs" c="dimmed">
                {variable.describes}
                {variable.sample !== '' && `, ${words.example(variable.sample)}`}
                {variable.makes !== null && ` · ${words.makes(variable.makes)}`}
              </Text>
            </div>
          ))}
        </div>
      )}
    </>
  );
};
