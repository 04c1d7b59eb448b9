import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startEenvoudigfactureren } from '../../sandbox/eenvoudigfactureren/index.ts'
import { startFactuursturen } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops } from '../../sandbox/kmoshops/index.ts'
import { startMagento2 } from '../../sandbox/magento2/index.ts'
import { startRompslomp } from '../../sandbox/rompslomp/index.ts'
import { startSeoshop } from '../../sandbox/seoshop/index.ts'
import { expectAccessible, expectNoSidewaysScroll, openBrowser, openPage } from './browser.ts'
import { linkOf, mailsTo } from './mailbox.ts'
import { openEmptyHouse, type EmptyHouse } from './new-merchant.ts'
import { words, type Words } from './words.ts'

/**
 * From a visitor, or a new merchant with an empty integration, to the first booked invoice, on the screen alone,
 * for the three pairs of issue 5. Both languages and both sizes are spread over the pairs.
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

interface Way {
  name: string
  language: 'nl' | 'en'
  size: keyof typeof sizes
  webshop: string
  accounting: string
}

interface Walk {
  page: Page
  t: Words
  id: string
  /** Nothing for axe to complain about, and nothing that sticks out. */
  look: (name: string) => Promise<void>
  /** Presses a button by its words. */
  press: (name: string | RegExp) => Promise<void>
  faults: string[]
}

const begins = (text: string) => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)
const filled = (text: string, values: Record<string, string>) =>
  text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '')

/** Somebody at the screen, with eyes and a finger. */
const begin = async (way: Way) => {
  const t = words[way.language]
  const { page, faults } = await openPage(browser, sizes[way.size], way.language)
  onTestFinished(() => page.context().close())
  page.setDefaultTimeout(60_000)
  const folder = process.env['DOORVOER_SCREENS']
  return {
    page,
    t,
    faults,
    look: async (name: string) => {
      if (folder !== undefined) {
        const path = `${folder}/${way.name}-${name}-${way.size}-${way.language}.png`
        await page.screenshot({ path, fullPage: true })
      }
      // Gathered, so that one run tells of all.
      for (const inspect of [expectAccessible, expectNoSidewaysScroll]) {
        await inspect(page).catch((error: unknown) => {
          faults.push(`${name}: ${JSON.stringify((error as { actual?: unknown }).actual)}`)
        })
      }
    },
    // Exactly that: "Connect" is also in "not connected yet".
    press: (name: string | RegExp) =>
      page.getByRole('button', { name, exact: true }).first().click(),
  }
}

/** A visitor chooses both systems, asks for an account, and comes in by the link in the mail. */
const signUp = async (way: Way): Promise<Walk> => {
  const visit = await begin(way)
  const { page, t, look, press } = visit
  const email = `${way.name.toLowerCase()}@aanmelder.example`
  await page.goto(house.publicUrl + '/integrations')
  await page.locator(`input[name=webshop][value=${way.webshop}]`).check()
  await page.locator(`input[name=accounting][value=${way.accounting}]`).check()
  await look('front')
  await page.getByLabel(t.front.form.name, { exact: true }).fill(way.name)
  await page.getByLabel(t.front.form.company, { exact: true }).fill(`Winkel ${way.name}`)
  await page.getByLabel(t.front.form.email, { exact: true }).fill(email)
  await press(t.front.form.submit)
  await page.getByText(t.front.done.title).waitFor()
  const [mail] = await mailsTo(house.home, email)
  if (mail === undefined) throw new Error('no mail')
  await page.goto(linkOf(mail, '/password'))
  await page.getByLabel(t.signIn.newPassword, { exact: true }).fill(`wachtwoord van ${way.name}`)
  await press(t.signIn.passwordSubmit)
  // Straight in, and to the installation that was asked for.
  await page.waitForURL(/\/i\/[0-9a-f-]{36}\/install/)
  const [, id = ''] = /\/i\/([0-9a-f-]{36})/.exec(page.url()) ?? []
  return { ...visit, id }
}

/** A new merchant signs in and has an integration without anything in it. */
const arrive = async (way: Way): Promise<Walk> => {
  const person = await house.welcome(way.name, way.language)
  const visit = await begin(way)
  const { page } = visit
  await page.goto(house.publicUrl + '/sign-in')
  await page.locator('input[type=email]').fill(person.email)
  await page.locator('input[type=password]').fill(person.password)
  await page.locator('form button[type=submit]').click()
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  const made = await page.request.post(`${house.publicUrl}/api/integrations`, {
    data: { name: `Winkel ${way.name}`, webshop: way.webshop, accounting: way.accounting },
  })
  expect(made.status()).toBe(200)
  const { id } = (await made.json()) as { id: string }
  await page.goto(`${house.publicUrl}/i/${id}`)
  await page.waitForURL(/\/install/)
  return { ...visit, id }
}

const acceptTerms = async ({ page, t, look, press }: Walk) => {
  await page.getByText(t.install.terms.agree).waitFor()
  await look('terms')
  // Not without the tick, and it says so beside it.
  await press(t.install.terms.accept)
  await page.getByText(t.install.terms.missing).waitFor()
  await page.getByLabel(t.install.terms.agree).check()
  await press(t.install.terms.accept)
  await page.waitForURL(/step=webshop/)
}

const openMore = async ({ page, t }: Walk) => {
  await page.getByText(t.configuration.field.more, { exact: true }).first().click()
}

const goOn = async ({ page, t, press }: Walk, system: string, step: string) => {
  await page.getByText(filled(t.install.connected, { system })).waitFor({ timeout: 60_000 })
  await press(t.install.next)
  await page.waitForURL(new RegExp(`step=${step}`))
}

const finish = async ({ page, t, look, press }: Walk) => {
  await look('configure')
  await press(t.install.finish)
  await page.waitForURL(/step=done/)
  await page.getByText(t.install.ready.wrong).waitFor()
  await look('done')
}

/** The sale that waits is looked at, let pass, and found in the books. */
const letPass = async (walk: Walk, number: string) => {
  const { page, t, look, press } = walk
  await page.getByRole('link', { name: t.install.ready.toOpen }).click()
  await page.getByText(number).first().waitFor({ timeout: 60_000 })
  await look('open')
  await page
    .getByRole('link', { name: begins(t.open.goAhead.look) })
    .first()
    .click()
  await page.waitForURL(/\/preview\?number=/)
  await page.getByText(t.preview.goAheadNow).waitFor({ timeout: 60_000 })
  await look('preview')
  await press(t.preview.goAhead)
  await page.goto(`${house.publicUrl}/i/${walk.id}/report`)
  await page.getByText(number).first().waitFor({ timeout: 60_000 })
}

test('from signing up, KMO Shops to EenvoudigFactureren, in Dutch on a phone', async () => {
  const shop = await startKmoshops({ limits: 'off' })
  const books = await startEenvoudigfactureren({ limits: 'off' })
  onTestFinished(async () => {
    await shop.close()
    await books.close()
  })
  const walk = await signUp({
    name: 'Kim',
    language: 'nl',
    size: 'phone',
    webshop: 'kmoshops',
    accounting: 'eenvoudigfactureren',
  })
  const { page, t, look, press } = walk
  await acceptTerms(walk)

  await look('webshop')
  await press(t.connecting.connect)
  // What is missing is said beside each field, before anything is sent.
  expect(await page.getByText(t.configuration.mistake.required).count()).toBe(3)
  await page.getByLabel('Adres van de webwinkel').fill(shop.url)
  await page.getByLabel('API-sleutel').fill(shop.credentials.apiPublic)
  await page.locator('input[name=apiSecret]').fill('x'.repeat(32))
  await press(t.connecting.connect)
  await page
    .getByText(/sleutel|geweigerd|CREDENTIALS/i)
    .first()
    .waitFor()
  await page
    .getByRole('button', { name: t.connecting.reconnect })
    .first()
    .waitFor({ timeout: 60_000 })
  await look('webshop-refused')
  await press(t.connecting.reconnect)
  // What was typed is still there; only the secret has to be mended.
  expect(await page.getByLabel('API-sleutel').inputValue()).toBe(shop.credentials.apiPublic)
  await page.locator('input[name=apiSecret]').fill(shop.credentials.apiSecret)
  await page.getByRole('button', { name: t.connecting.reconnect }).first().dblclick()
  await goOn(walk, 'KMO Shops', 'accounting')

  // Back and forth: what is done stays done.
  await page.goBack()
  await page.getByText(filled(t.install.connected, { system: 'KMO Shops' })).waitFor()
  await page.goForward()
  await openMore(walk)
  await page.locator('input[name=apiKey]').fill(books.account.apiKey)
  await page.locator('input[name=baseUrl]').fill(`${books.url}/api/v1`)
  await press(t.connecting.connect)
  await goOn(walk, 'EenvoudigFactureren', 'configure')
  await page.getByLabel(t.configuration.vat.home).selectOption('BE')
  await finish(walk)

  const { number } = shop.placeOrder({
    lines: [{ name: 'Mok', unitPrice: 12.1, vatPercent: 21 }],
    email: 'an@klant.example',
  })
  await letPass(walk, number ?? '')
  const made = books.ledger().invoices.filter(({ reference }) => reference === number)
  expect(made).toMatchObject([{ totalCents: 1210 }])
  expect(walk.faults).toEqual([])
}, 300_000)

test('Magento 2 to Rompslomp, in English on a desktop', async () => {
  const shop = await startMagento2()
  const books = await startRompslomp({ limits: 'off', isEmpty: true })
  const [registered] = books.account.apps
  if (registered !== undefined) {
    registered.redirectUri = `${house.publicUrl}/connect/rompslomp/return`
  }
  onTestFinished(async () => {
    await shop.close()
    await books.close()
  })
  const walk = await arrive({
    name: 'Mia',
    language: 'en',
    size: 'desktop',
    webshop: 'magento2',
    accounting: 'rompslomp',
  })
  const { page, t, look, press } = walk
  const placed = shop.place({
    lines: [{ name: 'Mug', sku: 'MUG', unitPrice: 12.1, vatPercent: 21 }],
    includesVat: true,
    paid: true,
  })
  await acceptTerms(walk)

  // Both ways are offered: four values by hand, or activation with two addresses and the licence key.
  await page.getByText(t.connecting.activation.label).click()
  const callback = await page.getByLabel(t.connecting.activation.callback).inputValue()
  const licence = await page.getByLabel(t.connecting.activation.licence).inputValue()
  expect(callback).toBe(`${house.publicUrl}/connect/magento2/activation/${licence}`)
  await look('webshop')
  await page.getByLabel('Address of the webshop').fill(shop.url)
  await page.locator('input[name=consumerKey]').fill(shop.fourValues.consumerKey)
  await page.locator('input[name=consumerSecret]').fill(shop.fourValues.consumerSecret)
  await page.locator('input[name=accessToken]').fill(shop.fourValues.accessToken)
  await page.locator('input[name=accessTokenSecret]').fill(shop.fourValues.accessTokenSecret)
  await press(t.connecting.connect)
  await goOn(walk, 'Magento 2', 'accounting')

  // The remote refuses first: the window closes and the reason is on the page.
  await openMore(walk)
  await page.locator('input[name=baseUrl]').first().fill(`${books.url}/api/v1`)
  const signIn = filled(t.connecting.signIn, { system: 'Rompslomp' })
  const inWindow = async (decision: string) => {
    const [window] = await Promise.all([page.waitForEvent('popup'), press(signIn)])
    await window.getByRole('button', { name: decision }).click()
    await expect.poll(() => window.isClosed(), { timeout: 60_000 }).toBe(true)
  }
  await inWindow('Weigeren')
  await page.getByText('Signing in at Rompslomp was not completed.').waitFor()
  await look('accounting')
  await inWindow('Toestaan')
  const choice = page.getByLabel(t.connecting.administration.label)
  await choice.waitFor({ timeout: 60_000 })
  await choice.selectOption('418223901')
  await look('administration')
  await press(t.connecting.administration.use)
  await goOn(walk, 'Rompslomp', 'configure')

  // The proposals are there: at home, ICP and international.
  await page
    .getByText(/hoog \(21 %\)/)
    .first()
    .waitFor()
  // How would it be booked, with what is not saved yet?
  await page.getByLabel(t.configuration.numbers.template).fill('Shop {number}')
  await page.getByLabel(t.configuration.try.number).fill(placed.invoice?.incrementId ?? '')
  await press(t.configuration.try.look)
  await page
    .getByRole('article')
    .getByText(/^Shop /)
    .waitFor({ timeout: 60_000 })
  await look('try')
  await page.getByLabel(t.configuration.numbers.template).fill('{number}')
  await finish(walk)

  await letPass(walk, placed.invoice?.incrementId ?? '')
  expect(books.ledger().invoices).toMatchObject([{ totalCents: 1210 }])
  expect(walk.faults).toEqual([])
}, 300_000)

test('SEOshop to Factuursturen, in English on a phone, through a session that ends and a lost line', async () => {
  const shop = await startSeoshop({ limits: 'off' })
  const books = await startFactuursturen({ limits: 'off' })
  onTestFinished(async () => {
    await shop.close()
    await books.close()
  })
  const walk = await arrive({
    name: 'Sem',
    language: 'en',
    size: 'phone',
    webshop: 'seoshop',
    accounting: 'factuursturen',
  })
  const { page, t, look, press } = walk
  await acceptTerms(walk)

  await look('webshop')
  await openMore(walk)
  await page.getByLabel('API key').fill(shop.credentials.key)
  await page.locator('input[name=apiSecret]').fill(shop.credentials.secret)
  await page.getByLabel('Language of the shop').fill('nl')
  await page.locator('input[name=apiRoot]').fill(shop.url)
  // The line is lost: it says so and keeps everything.
  await page.context().setOffline(true)
  await press(t.connecting.connect)
  await page.getByText(t.parts.failure.noConnection.text).first().waitFor()
  await page.context().setOffline(false)
  await press(t.connecting.connect)
  await goOn(walk, 'SEOshop', 'accounting')

  await openMore(walk)
  await page.getByLabel('User name').fill(books.account.user)
  await page.locator('input[name=apiKey]').fill(books.account.apiKey)
  await page.locator('input[name=baseUrl]').fill(`${books.url}/api/v1`)
  await press(t.connecting.connect)
  await goOn(walk, 'Factuursturen', 'configure')

  // The session ends in the middle of the form: signed in again, what was typed is there.
  await page.getByLabel(t.configuration.numbers.template).fill('Web {number}')
  await page.context().clearCookies()
  await press(t.install.finish)
  await page.waitForURL(/\/sign-in/)
  await page.locator('input[type=email]').fill('sem@nieuw.example')
  await page.locator('input[type=password]').fill('een goed wachtwoord van Sem')
  await page.locator('form button[type=submit]').click()
  await page.waitForURL(/step=configure/)
  const template = page.getByLabel(t.configuration.numbers.template)
  await template.waitFor()
  expect(await template.inputValue()).toBe('Web {number}')
  await finish(walk)

  const { number } = shop.placeOrder({
    lines: [{ name: 'Mok', sku: 'MOK', unitPrice: 12.1, vatPercent: 21 }],
    paid: true,
    status: 'processing_awaiting_shipment',
  })
  await letPass(walk, number)
  const made = books.ledger().invoices.filter((each) => each.reference[0] === `Web ${number}`)
  expect(made).toMatchObject([{ totalCents: 1210 }])
  expect(walk.faults).toEqual([])
}, 300_000)
