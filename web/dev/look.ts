/**
 * Photographs every screen and lets axe look at it: `node web/dev/look.ts [pattern of names]`, with
 * `fake-api.ts` running. Pictures go to /tmp/screens (DOORVOER_SCREENS changes that); a violation of
 * WCAG 2.2 A or AA makes the exit code 1.
 */
import { mkdir } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { complaintsOf, overflowOf } from './complaints.ts'
import { openChromium, openLook, show, type Look } from './photographer.ts'
import { screens, type Screen } from './screens.ts'

const address = process.env['DOORVOER_LOOK_AT'] ?? 'http://127.0.0.1:4300'
const folder = process.env['DOORVOER_SCREENS'] ?? '/tmp/screens'
const [, , wanted = ''] = process.argv

const looks: Look[] = [
  { size: 'laptop', scheme: 'light', language: 'nl' },
  { size: 'phone', scheme: 'light', language: 'nl' },
  { size: 'wide', scheme: 'light', language: 'en' },
  { size: 'laptop', scheme: 'dark', language: 'en' },
  { size: 'phone', scheme: 'dark', language: 'en' },
  { size: 'wide', scheme: 'dark', language: 'nl' },
]

let complaints = 0
const complain = (screen: Screen, look: Look, text: string) => {
  complaints += 1
  process.stdout.write(`${screen.name} ${look.size} ${look.scheme} ${look.language}: ${text}\n`)
}

const listen = (page: Page, screen: Screen, look: Look) => {
  page.on('pageerror', (error) => complain(screen, look, `page error: ${error.message}`))
  page.on('console', (message) => {
    const said = message.text()
    if (message.type() === 'error' && !said.startsWith('Failed to load resource')) {
      complain(screen, look, `console: ${said}`)
    }
  })
}

const inspect = async (page: Page, screen: Screen, look: Look) => {
  const name = `${screen.name}-${look.size}-${look.scheme}-${look.language}`
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: screen.whole ?? false })
  const tooWide = await overflowOf(page)
  if (tooWide > 0) complain(screen, look, `page is ${tooWide} px too wide`)
  for (const text of await complaintsOf(page)) complain(screen, look, text)
}

await mkdir(folder, { recursive: true })
const browser = await openChromium()

const lookAt = async (screen: Screen, look: Look) => {
  const page = await openLook(browser, look)
  try {
    listen(page, screen, look)
    await show(page, address, screen, look)
    await inspect(page, screen, look)
  } catch (error) {
    complain(screen, look, String(error).slice(0, 300))
  }
  await page.context().close()
}

const pattern = new RegExp(wanted)
const rounds = screens
  .filter(({ name }) => pattern.test(name))
  .flatMap((screen) => looks.map((look) => ({ screen, look })))
const queue = rounds.values()
await Promise.all(
  Array.from({ length: 3 }, async () => {
    for (const { screen, look } of queue) await lookAt(screen, look)
  }),
)
await browser.close()
process.stdout.write(`${rounds.length} looked at, ${complaints} complaints\n`)
process.exitCode = complaints === 0 ? 0 : 1
