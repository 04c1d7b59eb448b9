import type { Page } from 'playwright-core'

/** Who signs in. */
export interface Person {
  email: string
  password: string
}

/** Types who somebody is at the form that is there. */
export const fillDoor = async (page: Page, { email, password }: Person): Promise<void> => {
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
}

/** Types it, and presses the button. */
export const passDoor = async (page: Page, person: Person): Promise<void> => {
  await fillDoor(page, person)
  await page.locator('form button[type=submit]').click()
}

/** Signs in at `origin`, to be brought to `back`. */
export const signIn = async (
  page: Page,
  origin: string,
  person: Person,
  back = '/account',
): Promise<void> => {
  await page.goto(`${origin}/sign-in?back=${encodeURIComponent(back)}`)
  await passDoor(page, person)
}
