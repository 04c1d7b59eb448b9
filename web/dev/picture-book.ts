/**
 * `npm run screens`: the pictures of every page, in docs/screens: desktop in light and dark, phone in light.
 * Builds the dashboard, starts the stand-in server by itself and stops it; nothing else needs to run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { buildDashboard } from '../../src/commands/build-dashboard.ts'
import { openChromium, openLook, show, type Look } from './photographer.ts'
import { screens, type Screen } from './screens.ts'

/** One picture of each page; the other states of a page are for `look.ts`. */
const pages: readonly string[] = [
  'front',
  'terms',
  'sign-in',
  'forgotten',
  'password',
  'invitation',
  'store',
  'pay-open',
  'new',
  'install-terms',
  'install-webshop',
  'install-accounting',
  'install-configure',
  'install-done',
  'report-many',
  'errors-many',
  'open-many',
  'booking-refused',
  'preview-go-ahead',
  'configuration',
  'migration-ready',
  'reconciliation-differs',
  'support-list',
  'support-ticket',
  'profile',
  'my-account',
  'help-list',
  'help-article',
  'operator-integrations',
  'operator-integration',
  'operator-alarms',
  'operator-tickets',
  'operator-migrations',
  'operator-licences',
  'operator-offers',
  'operator-tariffs',
  'operator-remotes',
  'operator-queues',
  'operator-mails',
  'operator-log',
]

const looks: readonly Look[] = [
  { size: 'laptop', scheme: 'light', language: 'nl' },
  { size: 'laptop', scheme: 'dark', language: 'en' },
  { size: 'phone', scheme: 'light', language: 'nl' },
]

const quality = 68
const port = 4399
const address = `http://127.0.0.1:${port}`
const folder = path.join(import.meta.dirname, '../../docs/screens')

const startServer = async () => {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'fake-api.ts'), String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  // Its first words are its address; when it dies before, there is nothing to photograph.
  await Promise.race([
    once(child.stdout, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error('the stand-in server did not start'))),
  ])
  return child
}

const screenNamed = (name: string): Screen => {
  const found = screens.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no screen is called ${name}`)
  return found
}

await buildDashboard()
await rm(folder, { recursive: true, force: true })
await mkdir(folder, { recursive: true })
const server = await startServer()
const browser = await openChromium()
try {
  const queue = pages
    .map(screenNamed)
    .flatMap((screen) => looks.map((look) => ({ screen, look })))
    .values()
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
  server.kill()
}
const names = await readdir(folder)
const sizes = await Promise.all(
  names.map(async (name) => (await stat(path.join(folder, name))).size),
)
const totalKb = Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1000)
process.stdout.write(`${names.length} pictures, ${totalKb} kB\n`)
