import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './precompress.ts'

/** Where `npm run dev` of the server listens; the dashboard always talks to its own origin. */
const server = process.env['DOORVOER_API'] ?? 'http://127.0.0.1:3000'

/**
 * What most pages share travels together, and what only one room needs stays with that room: left to itself the
 * bundler makes a file of every component, and a first visit asked for 66. The parts change at their own pace,
 * so that a release leaves most of them cached.
 */
const groups = [
  { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\//, priority: 1 },
  { name: 'tanstack', test: /node_modules\/@tanstack\//, priority: 1 },
  { name: 'controls', test: /node_modules\//, minShareCount: 6 },
  { name: 'parts', test: /web\/src\/(parts|api|i18n|shell)\/.*\.tsx?$/, minShareCount: 6 },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  server: { proxy: { '/api': server } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing as a data: address, so that the content policy can stay strict.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: { groups },
      },
    },
  },
})
