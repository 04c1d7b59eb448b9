import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { complaintsOf, overflowOf } from '../../web/dev/complaints.ts'
import { openBrowser, openPage } from './browser.ts'
import { openEmptyHouse, type EmptyHouse } from './new-merchant.ts'
import { pairs } from './pairs.ts'
import { steps, type Walk } from './walk.ts'
import { words } from './words.ts'

/**
 * A new person goes from the page with the shops and the books to the first booked invoice on the screen alone: for
 * the three pairs of issue 5, in both languages, on a phone and on a desktop.
 */
let house: EmptyHouse
let browser: Browser

beforeAll(async () => {
  house = await openEmptyHouse()
  browser = await openBrowser()
}, 120_000)
afterAll(async () => {
  await browser.close()
  await house.close()
}, 60_000)

const sizes = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } }

const ways = pairs.flatMap((pair, nth) =>
  (['nl', 'en'] as const).flatMap((language) =>
    (['phone', 'desktop'] as const).map((size) => ({
      pair,
      language,
      size,
      // Axe looks at each pair's pages once, in one language and on one size, then in the other: the pages they
      // share are all in every-page.test.ts as well.
      axe:
        nth % 2 === 0
          ? language === 'nl' && size === 'phone'
          : language === 'en' && size === 'desktop',
    })),
  ),
)

/** Pictures of every step go there, for who wants to see what a new person sees. */
const folder = process.env['DOORVOER_SCREENS']

test.concurrent.for(ways)(
  'from the choice of $pair.name to the first invoice, in $language on a $size',
  { timeout: 180_000 },
  async ({ pair, language, size, axe }, { onTestFinished }) => {
    const at = await pair.open(house.publicUrl)
    onTestFinished(() => at.close())
    const { page, faults } = await openPage(browser, sizes[size], language)
    onTestFinished(() => page.context().close())
    page.setDefaultTimeout(60_000)
    const name = `${pair.webshop}-${language}-${size}`
    const walk: Walk = { house, pair, at, page, t: words[language], name, sold: '' }
    for (const step of steps) {
      await step.there(walk)
      if (folder !== undefined) {
        await page.screenshot({ path: `${folder}/${name}-${step.name}.png`, fullPage: true })
      }
      // Gathered, so that one run tells of all.
      const complaints = axe ? await complaintsOf(page) : []
      faults.push(...complaints.map((complaint) => `${step.name}: ${complaint}`))
      if ((await overflowOf(page)) > 0) faults.push(`${step.name} is too wide`)
      await step.act(walk)
    }
    expect(faults).toEqual([])
  },
)
