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

/** The other colours, once what fades into them has come to its end. */
export const changeScheme = async (page: Page, scheme: Look['scheme']) => {
  await page.emulateMedia({ colorScheme: scheme })
  await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor()
  await page.evaluate(`(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const fading = document.getAnimations().filter((each) => each instanceof CSSTransition)
    await Promise.allSettled(fading.map(({ finished }) => finished))
  })()`)
}

/** There is a heading, and what is asked of the server has come. */
const settled = async (page: Page) => {
  await page.locator('h1, [role=dialog] h2').first().waitFor({ state: 'attached' })
  await drawn(page)
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
  await settled(page)
  await screen.prepare?.(page, context)
}

/** As many pictures of the browser as a page may take to appear. */
const framesMax = 1_800

/**
 * The same from another screen, as somebody who follows a link: a quarter of the work of opening the address anew.
 * The router lies where its developer tools look for it.
 */
export const turnTo = async (page: Page, screen: Screen) => {
  await page.evaluate(`(async () => {
    const router = self.__TSR_ROUTER__
    await router.navigate({ href: ${JSON.stringify(screen.path)} })
    for (let frame = 0; router.state.resolvedLocation?.href !== router.state.location.href; frame += 1) {
      if (frame > ${framesMax}) throw new Error('the page does not appear')
      await new Promise(requestAnimationFrame)
    }
  })()`)
  await settled(page)
  await screen.prepare?.(page, page.context())
}
