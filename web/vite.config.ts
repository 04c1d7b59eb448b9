import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` of the server listens; the dashboard always talks to its own origin. */
const server = process.env['DOORVOER_API'] ?? 'http://127.0.0.1:3000'

/** Parts that change at their own pace stay in files of their own, so that a release leaves them cached. */
const react_ = /node_modules\/(react|react-dom|scheduler)\//
const mantine_ =
  /node_modules\/(@mantine\/(core|hooks|notifications|store)|@floating-ui|react-remove-scroll|react-number-format)\//
const tanstack = /node_modules\/@tanstack\//

/** What only rooms further in use does not come with the first page; small pieces are put together. */
const byUse = { entriesAware: true, entriesAwareMergeThreshold: 30_000 }

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '/api': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing as a data: address, so that the content policy can stay strict.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: react_ },
            { name: 'mantine', test: mantine_, ...byUse },
            { name: 'tanstack', test: tanstack },
            // What several rooms use, in a few files instead of twenty.
            { name: 'shared', minShareCount: 2, ...byUse },
          ],
        },
      },
    },
  },
})
