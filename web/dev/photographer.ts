import { chromium, type Browser, type Page } from 'playwright-core'
import type { Screen } from './screens.ts'

const sizes = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
}

/** How somebody sits before a screen. */
export interface Look {
  size: keyof typeof sizes
  scheme: 'light' | 'dark'
  language: 'nl' | 'en'
}

export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['DOORVOER_TEST_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

export const openLook = async (browser: Browser, look: Look): Promise<Page> => {
  const context = await browser.newContext({
    viewport: sizes[look.size],
    colorScheme: look.scheme,
    locale: look.language === 'nl' ? 'nl-NL' : 'en-GB',
    timezoneId: 'Europe/Amsterdam',
    reducedMotion: 'reduce',
  })
  return context.newPage()
}

/** What is asked of the server has come; a page that is photographed while it loads stays so. */
const drawn = async (page: Page) => {
  const loading = page.locator('.mantine-Skeleton-root[data-visible], [data-loading=true]')
  await loading
    .first()
    .waitFor({ state: 'detached', timeout: 3_000 })
    .catch(() => undefined)
  // The next two pictures of the browser: what came is laid out and painted.
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  )
}

/**
 * Brings the page into the state that the screen is about.
 * @param address where `fake-api.ts` listens
 */
export const show = async (page: Page, address: string, screen: Screen, look: Look) => {
  const context = page.context()
  if (screen.signedIn !== false) {
    await context.request.post(`${address}/api/auth/sign-in/email`, { data: { password: 'x' } })
    await context.request.patch(`${address}/api/me`, { data: { language: look.language } })
  }
  await page.goto(`${address}${screen.path}`)
  await page.locator('h1, [role=dialog] h2').first().waitFor({ state: 'attached' })
  await drawn(page)
  await screen.prepare?.(page, context)
}
