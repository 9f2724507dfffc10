/** Something of a list that is told in a line and changed when it is opened. */
import { useDisclosure } from '@mantine/hooks';
import { type RefObject, useDeferredValue, useEffect, useRef } from 'react';

/** Open while it is new; opens by itself where it was refused, with the focus in what is wrong. */
export const useOpening = (
  isNew: boolean,
  isRefused: boolean,
): {
  isOpen: boolean;
  /** Its fields are many: they come a moment after the click is answered. */
  isShown: boolean;
  toggle: () => void;
  card: RefObject<HTMLDivElement | null>;
} => {
  const [isOpen, { open, toggle }] = useDisclosure(isNew);
  const isShown = useDeferredValue(isOpen, false) && isOpen;
  const card = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isRefused) open();
  }, [isRefused, open]);
  useEffect(() => {
    if (isRefused && isShown)
      card.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [isRefused, isShown]);
  return { isOpen, isShown, toggle, card };
};
