/**
 * What a first visit costs: `node web/dev/first-visit.ts [address]`, with `fake-api.ts` or the demo running
 * there. Every visit is a browser that was never here; a line tells of five of them. Ready is when the page's
 * heading stands and the browser has a moment for the next click, counted from the click that asked for it.
 */
import type { Browser, Page } from 'playwright-core'
import { openChromium, openLook } from './photographer.ts'

const [, , address = process.env['DOORVOER_LOOK_AT'] ?? 'http://127.0.0.1:4300'] = process.argv
const pages: readonly string[] = ['/', '/sign-in', '/help', '/forgotten', '/terms']
const visits = 5

interface Visit {
  scripts: number
  /** Script as it came over the line. */
  kB: number
  readyMs: number
}

/** Milliseconds since the navigation began, once a heading stands and the main thread is free. */
const readyMs = async (page: Page): Promise<number> => {
  await page.waitForFunction(() => document.querySelector('h1') !== null, null, { timeout: 20_000 })
  return page.evaluate(async () => {
    await new Promise((resolve) => requestIdleCallback(resolve))
    return performance.now()
  })
}

const visit = async (browser: Browser, path: string): Promise<Visit> => {
  const page = await openLook(browser, { size: 'phone', scheme: 'light', language: 'nl' })
  try {
    await page.goto(address + path, { waitUntil: 'commit' })
    const ready = await readyMs(page)
    await page.waitForLoadState('networkidle')
    const sizes = await page.evaluate(() =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter(({ name }) => name.endsWith('.js'))
        .map(({ encodedBodySize }) => encodedBodySize),
    )
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    return { scripts: sizes.length, kB: bytes / 1000, readyMs: ready }
  } finally {
    await page.context().close()
  }
}

const browser = await openChromium()
process.stdout.write('page         scripts     kB   ready in ms, median (slowest)\n')
for (const path of pages) {
  const seen: Visit[] = []
  for (let n = 0; n < visits; n += 1) seen.push(await visit(browser, path))
  const times = seen.map((each) => each.readyMs).toSorted((a, b) => a - b)
  const [median = 0, slowest = 0] = [times[Math.floor(visits / 2)], times.at(-1)]
  const [{ scripts, kB } = { scripts: 0, kB: 0 }] = seen
  process.stdout.write(
    `${path.padEnd(12)} ${String(scripts).padStart(7)} ${kB.toFixed(0).padStart(6)}   ${median.toFixed(0)} (${slowest.toFixed(0)})\n`,
  )
}
await browser.close()
