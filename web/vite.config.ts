/** The app is built into `dist/web`, from where the hub serves it; `npm run dev:web` serves it unbuilt. */
import { defineConfig } from 'vite';

/** The hub that the unbuilt app talks to. */
const hub = 'http://127.0.0.1:4000';

// eslint-disable-next-line no-restricted-exports -- Vite reads the default export
export default defineConfig({
  root: import.meta.dirname,
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // The policy of the page allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
    rolldownOptions: {
      // 'use client' means something to servers that render; here it is everywhere and says nothing.
      onLog: (level, log, handle) => {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: { proxy: { '/api': hub, '/oauth': hub } },
});
