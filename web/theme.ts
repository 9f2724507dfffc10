/** How the app looks: the few decisions that Mantine leaves open. */
import { Badge, createTheme, type MantineColorsTuple } from '@mantine/core';

/** Dark enough from the seventh shade on for white text (WCAG AA), light enough up to the fifth on black. */
const teal: MantineColorsTuple = [
  '#e6f7f5', '#cdece8', '#9ad8d1', '#66c4b9', '#40b3a6',
  '#249c8f', '#12857a', '#0b6b63', '#08564f', '#05423d',
]; // prettier-ignore

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
    // A dialog's head is no banner of the page.
    ModalHeader: { defaultProps: { role: 'none' } },
    Badge: Badge.extend({
      defaultProps: { tt: 'none', fw: 600 },
      styles: { root: { flex: 'none' } },
    }),
  },
});
