/**
 * `npm run screens`: the pictures of every page, in docs/screens: desktop in light and dark, phone in light.
 * Builds the dashboard, starts the stand-in server by itself and stops it; nothing else needs to run.
 */
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { buildDashboard } from '../../src/commands/build-dashboard.ts'
import { openChromium, openLook, show, type Look } from './photographer.ts'
import { startFakeServer } from './fake-server.ts'
import { pages } from './pages.ts'

const looks: readonly Look[] = [
  { size: 'laptop', scheme: 'light', language: 'nl' },
  { size: 'laptop', scheme: 'dark', language: 'en' },
  { size: 'phone', scheme: 'light', language: 'nl' },
]

const quality = 68
const port = 4399
const folder = path.join(import.meta.dirname, '../../docs/screens')

await buildDashboard()
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const { address, stop } = await startFakeServer(port)
const browser = await openChromium()
try {
  const queue = pages.flatMap((screen) => looks.map((look) => ({ screen, look }))).values()
  await Promise.all(
    Array.from({ length: 2 }, async () => {
      for (const { screen, look } of queue) {
        const page = await openLook(browser, look)
        await show(page, address, screen, look)
        const name = `${screen.name}-${look.size}-${look.scheme}.jpg`
        await page.screenshot({ path: path.join(folder, name), type: 'jpeg', quality })
        await page.context().close()
      }
    }),
  )
} finally {
  await browser.close()
  await stop()
}
const names = await readdir(folder)
const sizes = await Promise.all(
  names.map(async (name) => (await stat(path.join(folder, name))).size),
)
const totalKb = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1000)
process.stdout.write(`${names.length} pictures, ${totalKb} kB\n`)
