import { expect } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import account from '../../web/src/i18n/nl/account.json' with { type: 'json' }
import { openPage } from './browser.ts'
import { signIn, type Person } from './door.ts'
import type { EmptyHouse } from './new-merchant.ts'

/** Somebody who has signed in, and looks at the page of their account. */
interface Arrived {
  person: Person
  page: Page
  /** What went wrong on the page itself. */
  faults: readonly string[]
  close: () => Promise<void>
}

export const desktop = { width: 1280, height: 900 }

/** Somebody new at a computer. */
export const arrive = async (
  browser: Browser,
  house: EmptyHouse,
  name: string,
): Promise<Arrived> => {
  const person = await house.welcome(name, 'nl')
  const { page, faults } = await openPage(browser, desktop)
  page.setDefaultTimeout(60_000)
  await signIn(page, house.publicUrl, person)
  await page.getByRole('heading', { name: account.title }).waitFor()
  return { person, page, faults, close: () => page.context().close() }
}

/** Makes an integration in which nothing is connected. @returns its id */
export const makeIntegration = async (
  page: Page,
  { publicUrl }: Pick<EmptyHouse, 'publicUrl'>,
  name: string,
  { webshop = 'kmoshops', accounting = 'factuursturen' } = {},
): Promise<string> => {
  const made = await page.request.post(`${publicUrl}/api/integrations`, {
    data: { name, webshop, accounting },
  })
  expect(made.status()).toBe(200)
  return ((await made.json()) as { id: string }).id
}
