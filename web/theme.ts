/** How the app looks: the few decisions that Mantine leaves open. */
import { Badge, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Dark enough from the seventh shade on for white text (WCAG AA), light enough up to the fifth on black. */
const teal: MantineColorsTuple = [
  '#e6f7f5', '#cdece8', '#9ad8d1', '#66c4b9', '#40b3a6',
  '#249c8f', '#12857a', '#0b6b63', '#08564f', '#05423d',
]; // prettier-ignore

/**
 * What opens stands beside what opened it: within the page's landmark, or within the dialog, whose
 * focus it shares. Fixed, for a box that scrolls would cut it off.
 */
const inPlace = { defaultProps: { withinPortal: false, floatingStrategy: 'fixed' } };

/** The list itself scrolls (`app.css`), which arrow keys move; a box around it would need a focus. */
const scrollsItself = { defaultProps: { withScrollArea: false } };

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  colors: { teal },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  autoContrast: true,
  headings: { fontWeight: '650' },
  components: {
    Combobox: inPlace,
    // The focus goes to the first entry; a placeholder for it is no entry of a menu.
    Menu: { defaultProps: { ...inPlace.defaultProps, withInitialFocusPlaceholder: false } },
    Popover: inPlace,
    Autocomplete: scrollsItself,
    MultiSelect: scrollsItself,
    Select: scrollsItself,
    TagsInput: scrollsItself,
    // One that is moved or scaled would hold what is fixed in it.
    Modal: { defaultProps: { transitionProps: { transition: 'fade' } } },
    // A dialog's head is no banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    Badge: Badge.extend({
      defaultProps: { tt: 'none', fw: 600 },
      styles: { root: { flex: 'none' } },
    }),
  },
});
