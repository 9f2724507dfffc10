/** Tiptap within React: an editor lives as long as its element and its extensions. */
import { type AnyExtension, Editor } from '@tiptap/core';
import { type RefCallback, useCallback, useEffect, useState } from 'react';

/** An editor in the element that the second of these is the `ref` of, made anew with its extensions. */
export const useEditor = (
  extensions: AnyExtension[],
): [Editor | null, RefCallback<HTMLElement>] => {
  const [editor, setEditor] = useState<Editor | null>(null);
  const mount = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined;
      // The page's policy: the few rules that it needs stand in our own sheet.
      const made = new Editor({ element, extensions, injectCSS: false });
      setEditor(made);
      return () => {
        made.destroy();
      };
    },
    [extensions],
  );
  return [editor?.isDestroyed ? null : editor, mount];
};

/** Attributes of the editable element, which is the editor's own. */
export const useAttributes = (
  editor: Editor | null,
  attributes: Record<string, string | null>,
): void => {
  useEffect(() => {
    if (!editor || editor.isDestroyed) return;
    for (const [name, text] of Object.entries(attributes))
      if (text === null) editor.view.dom.removeAttribute(name);
      else editor.view.dom.setAttribute(name, text);
  });
};
