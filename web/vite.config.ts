import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where `npm run dev` of the server listens; the dashboard always talks to its own origin. */
const server = process.env['DOORVOER_API'] ?? 'http://127.0.0.1:3000'

/** Parts that change at their own pace stay in files of their own, so that a release leaves them cached. */
const react_ = /node_modules\/(react|react-dom|scheduler)\//
const tanstack = /node_modules\/@tanstack\//

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
        // The rest is split by who uses it: the first page brings nothing that only rooms further in need.
        codeSplitting: {
          groups: [
            { name: 'react', test: react_ },
            { name: 'tanstack', test: tanstack },
          ],
        },
      },
    },
  },
})
