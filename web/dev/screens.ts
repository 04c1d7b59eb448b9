import type { BrowserContext, Page } from 'playwright-core'
import { offerTokens } from './fake-licence.ts'

/** One screen to look at, and how to get it into the state worth seeing. */
export interface Screen {
  name: string
  path: string
  signedIn?: false
  /** Photograph the page to its end. */
  whole?: boolean
  prepare?: (page: Page, context: BrowserContext) => Promise<void>
}

const at = (n: number, rest: string): string => `/i/11111111-1111-4111-8111-00000000000${n}/${rest}`
const sale = (kind: number, n: number): string =>
  `00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`
const desk = (kind: number, n: number): string =>
  `22222222-2222-4222-8222-${kind}${String(n).padStart(11, '0')}`
const settle = (page: Page) => page.waitForTimeout(500)

const showSpeed = async (page: Page) => {
  const speed = page.getByText(/^(Snelheid|Speed)$/)
  // Where nothing happened yet there is no picture to choose.
  if ((await speed.count()) > 0) await speed.click()
  await settle(page)
}

export const screens: Screen[] = [
  { name: 'front', path: '/', signedIn: false, whole: true },
  {
    name: 'front-wrong',
    path: '/integrations',
    signedIn: false,
    whole: true,
    prepare: async (page) => {
      await page.locator('input[name=webshop]').nth(2).check()
      await page.locator('input[name=accounting]').nth(2).check()
      await page.locator('button[type=submit]').click()
      await settle(page)
    },
  },
  {
    name: 'front-mailed',
    path: '/integrations',
    signedIn: false,
    prepare: async (page) => {
      await page.getByLabel(/^(Uw naam|Your name)/).fill('Ria Peeters')
      await page.getByLabel(/^(Bedrijf|Company)/).fill('Bakkerij Peeters')
      await page.getByLabel(/^(E-mailadres|E-mail address)/).fill('ria@peeters.example')
      await page.locator('button[type=submit]').click()
      await settle(page)
    },
  },
  { name: 'terms', path: '/terms', signedIn: false, whole: true },
  { name: 'store', path: '/install?claim=x', signedIn: false, whole: true },
  { name: 'store-signed-in', path: '/install?claim=x' },
  { name: 'new', path: '/new', whole: true },
  { name: 'forgotten', path: '/forgotten', signedIn: false },
  { name: 'password', path: '/password#x', signedIn: false },
  { name: 'invitation', path: '/invitation#x', signedIn: false },
  {
    name: 'second-factor',
    path: '/sign-in',
    signedIn: false,
    prepare: async (page) => {
      await page.locator('input[name=email]').fill('marieke@verbeeck.example')
      await page.locator('input[name=password]').fill('second')
      await page.locator('button[type=submit]').click()
      await settle(page)
    },
  },
  { name: 'my-account', path: '/account', whole: true },
  {
    name: 'my-account-totp',
    path: '/account',
    whole: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Instellen|Set up)$/ }).click()
      await page.locator('[role=dialog] input').fill('x')
      await page.locator('[role=dialog] button[type=submit]').click()
      await settle(page)
    },
  },
  {
    name: 'my-account-token',
    path: '/account',
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Sleutel maken|Make a token)$/ }).click()
      await settle(page)
    },
  },
  { name: 'profile', path: at(1, 'profile'), whole: true },
  { name: 'profile-view-only', path: at(6, 'profile'), whole: true },
  {
    name: 'profile-stop',
    path: at(1, 'profile'),
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Stoppen|Stop)$/ }).click()
      await settle(page)
    },
  },
  {
    name: 'profile-delete',
    path: at(1, 'profile'),
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Alles verwijderen|Delete everything)$/ }).click()
      await settle(page)
    },
  },
  { name: 'install-terms', path: at(9, 'install') },
  { name: 'install-webshop', path: at(9, 'install?step=webshop'), whole: true },
  {
    name: 'install-webshop-wrong',
    path: at(9, 'install?step=webshop'),
    whole: true,
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Verbinden|Connect)$/ }).click()
      await settle(page)
    },
  },
  { name: 'install-accounting', path: at(3, 'install?step=accounting'), whole: true },
  { name: 'install-configure', path: at(1, 'install?step=configure'), whole: true },
  { name: 'install-not-yet', path: at(3, 'install?step=done') },
  { name: 'install-done', path: at(1, 'install?step=done') },
  { name: 'configuration', path: at(1, 'configuration'), whole: true },
  {
    name: 'configuration-vat',
    path: at(1, 'configuration'),
    whole: true,
    prepare: async (page) => {
      await page.getByText(/^(Bijzondere situaties|Special situations)$/).click()
      const hours = page.getByLabel(/VIES.*(uren|hours)/)
      await hours.fill('0')
      await hours.press('Enter')
      await settle(page)
    },
  },
  {
    name: 'configuration-services',
    path: at(1, 'configuration'),
    whole: true,
    prepare: async (page) => {
      await page.getByText(/^(Bijzondere situaties|Special situations)$/).click()
      await page.getByLabel(/^(Wat verkoopt u|What do you sell)/).selectOption('service')
      await settle(page)
    },
  },
  { name: 'configuration-view-only', path: at(6, 'configuration'), whole: true },
  {
    name: 'configuration-changed',
    path: at(1, 'configuration'),
    prepare: async (page) => {
      await page.locator('input[name=referenceTemplate], input[value="{number}"]').first().fill('x')
      await settle(page)
    },
  },
  { name: 'preview-choose', path: at(1, 'preview') },
  { name: 'preview-go-ahead', path: at(1, 'preview?number=20412'), whole: true },
  { name: 'preview-refused', path: at(1, 'preview?number=20411'), whole: true },
  { name: 'preview-not-ready', path: at(3, 'preview') },
  { name: 'profile-trial', path: at(2, 'profile'), whole: true },
  { name: 'pay-open', path: `/pay/${offerTokens.open}`, signedIn: false },
  { name: 'pay-transfer', path: `/pay/${offerTokens.transfer}`, signedIn: false },
  { name: 'pay-paid', path: `/pay/${offerTokens.paid}`, signedIn: false },
  { name: 'pay-incomplete', path: `/pay/${offerTokens.incomplete}`, signedIn: false },
  { name: 'sign-in', path: '/sign-in', signedIn: false },
  {
    name: 'sign-in-wrong',
    path: '/sign-in?expired=true',
    signedIn: false,
    prepare: async (page) => {
      await page.locator('input[name=email]').fill('marieke@verbeeck.example')
      await page.locator('input[name=password]').fill('wrong')
      await page.locator('button[type=submit]').click()
      await page.getByRole('alert').waitFor()
      await settle(page)
    },
  },
  { name: 'report-many', path: at(1, 'report') },
  { name: 'report-few', path: at(2, 'report'), whole: true },
  { name: 'report-empty', path: at(3, 'report') },
  { name: 'report-speed', path: at(1, 'report'), prepare: showSpeed },
  { name: 'report-speed-few', path: at(2, 'report'), prepare: showSpeed },
  { name: 'report-speed-none', path: at(3, 'report'), prepare: showSpeed },
  { name: 'report-error', path: at(4, 'report'), prepare: (page) => page.waitForTimeout(2500) },
  { name: 'report-loading', path: at(5, 'report') },
  { name: 'report-custom', path: at(1, 'report?period=custom&from=2026-11-01&search=20') },
  { name: 'report-no-match', path: at(1, 'report?search=zzz') },
  { name: 'errors-many', path: at(1, 'errors'), whole: true },
  {
    name: 'errors-selected',
    path: at(1, 'errors?cause=TOTAL_DIFFERS_FROM_LINES'),
    whole: true,
    prepare: async (page) => {
      await page.locator('li input[type=checkbox], tbody input[type=checkbox]').nth(1).check()
      await page.locator('li input[type=checkbox], tbody input[type=checkbox]').nth(2).check()
      await page.evaluate('window.scrollTo(0, 0)')
      await settle(page)
    },
  },
  {
    name: 'errors-ignore',
    path: at(1, 'errors?cause=EMAIL_MISSING'),
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /^(Ignore|Negeren)/ })
        .first()
        .click()
      await settle(page)
    },
  },
  {
    name: 'errors-processing',
    path: at(1, 'errors?cause=VAT_RATE_UNKNOWN_TO_BOOKS'),
    prepare: async (page) => {
      const rows = page.locator('tbody, li').getByRole('button', { name: /^(Verwerken|Process)/ })
      await rows.first().click()
      await settle(page)
    },
  },
  { name: 'errors-view-only', path: at(6, 'errors?cause=EMAIL_MISSING'), whole: true },
  { name: 'errors-empty', path: at(2, 'errors') },
  { name: 'errors-error', path: at(4, 'errors'), prepare: (page) => page.waitForTimeout(2500) },
  { name: 'errors-loading', path: at(5, 'errors') },
  { name: 'open-many', path: at(1, 'open'), whole: true },
  { name: 'open-view-only', path: at(6, 'open'), whole: true },
  { name: 'open-empty', path: at(2, 'open') },
  {
    name: 'open-there',
    path: at(1, 'open'),
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /(Staat erin|It is there)/ })
        .first()
        .click()
      await settle(page)
    },
  },
  {
    name: 'open-again',
    path: at(1, 'open'),
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /(Boek opnieuw|Book again)/ })
        .first()
        .click()
      await settle(page)
    },
  },
  { name: 'migration-ready', path: at(1, 'migration'), whole: true },
  { name: 'migration-running', path: at(2, 'migration'), whole: true },
  { name: 'migration-first', path: at(3, 'migration') },
  { name: 'migration-reading', path: at(6, 'migration') },
  {
    name: 'migration-error',
    path: at(4, 'migration'),
    prepare: (page) => page.waitForTimeout(2500),
  },
  {
    name: 'migration-start',
    path: at(1, 'migration'),
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Starten|Start)$/ }).click()
      await settle(page)
    },
  },
  {
    name: 'migration-refused',
    path: at(3, 'migration'),
    prepare: async (page) => {
      await page.locator('form button[type=submit]').click()
      await settle(page)
    },
  },
  { name: 'reconciliation-differs', path: at(1, 'reconciliation'), whole: true },
  {
    name: 'reconciliation-all',
    path: at(1, 'reconciliation'),
    whole: true,
    prepare: async (page) => {
      await page.getByLabel(/^(Groeperen|Group)$/).selectOption('all')
      await settle(page)
    },
  },
  { name: 'reconciliation-agrees', path: at(2, 'reconciliation'), whole: true },
  { name: 'reconciliation-listing', path: at(6, 'reconciliation'), whole: true },
  { name: 'reconciliation-first', path: at(3, 'reconciliation') },
  { name: 'booking-booked', path: at(1, `report?booking=${sale(1, 4)}`) },
  { name: 'booking-refused', path: at(1, `errors?booking=${sale(2, 100)}`) },
  {
    name: 'booking-refused-end',
    path: at(1, `errors?booking=${sale(2, 100)}`),
    prepare: async (page) => {
      await page.locator('[role=dialog] ol').scrollIntoViewIfNeeded()
      await settle(page)
    },
  },
  {
    name: 'booking-unreachable',
    path: at(1, `errors?booking=${sale(2, 400)}`),
    prepare: async (page) => {
      await page.locator('[role=dialog] ol').scrollIntoViewIfNeeded()
      await settle(page)
    },
  },
  { name: 'booking-gone', path: at(1, `errors?booking=${sale(2, 300)}`) },
  { name: 'booking-parked', path: at(1, `open?booking=${sale(3, 0)}`) },
  { name: 'booking-missing', path: at(1, `open?booking=${sale(9, 0)}`) },
  { name: 'booking-loading', path: at(5, `report?booking=${sale(1, 0)}`) },
  {
    name: 'picker',
    path: at(1, 'report'),
    prepare: async (page) => {
      await page.locator('header button').first().click()
      await settle(page)
    },
  },
  {
    name: 'account',
    path: at(1, 'report'),
    prepare: async (page) => {
      await page.locator('header button').last().click()
      await settle(page)
    },
  },
  {
    name: 'offline',
    path: at(2, 'report'),
    prepare: async (page, context) => {
      await context.setOffline(true)
      await settle(page)
    },
  },
  { name: 'missing', path: '/i/nothing/report' },
  { name: 'support-list', path: at(1, 'support') },
  { name: 'support-empty', path: at(2, 'support') },
  { name: 'support-loading', path: at(5, 'support') },
  {
    name: 'support-ask',
    path: at(1, 'support'),
    prepare: async (page) => {
      await page.getByRole('button', { name: /(Vraag stellen|Ask us)/ }).click()
      await settle(page)
    },
  },
  { name: 'support-ticket', path: at(1, `support/${desk(3, 1)}`), whole: true },
  {
    name: 'support-report',
    path: at(1, `errors?booking=${sale(2, 100)}`),
    prepare: async (page) => {
      await page.getByRole('button', { name: /(Probleem melden|Report problem)/ }).click()
      await settle(page)
    },
  },
  { name: 'operator-integrations', path: '/operator', whole: true },
  { name: 'operator-no-match', path: '/operator?search=zzz' },
  {
    name: 'operator-integration',
    path: `/operator/${at(1, '').replace('/i/', 'integrations/')}`.replace(/\/$/, ''),
    whole: true,
  },
  { name: 'operator-alarms', path: '/operator/alarms?show=all' },
  { name: 'operator-tickets', path: '/operator/tickets' },
  { name: 'operator-ticket', path: `/operator/tickets/${desk(3, 0)}`, whole: true },
  {
    name: 'operator-answer-all',
    path: '/operator/tickets',
    prepare: async (page) => {
      await page.getByRole('button', { name: /(Alle 12|Answer all)/ }).click()
      await settle(page)
    },
  },
  { name: 'operator-remotes', path: '/operator/remotes', whole: true },
  {
    name: 'operator-pause',
    path: '/operator/remotes',
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /(Pauzeren|Pause)/ })
        .first()
        .click()
      await settle(page)
    },
  },
  { name: 'help-list', path: '/help', signedIn: false, whole: true },
  { name: 'help-search', path: '/help?search=btw', signedIn: false },
  { name: 'help-none', path: '/help?search=zzzz', signedIn: false },
  { name: 'help-code', path: '/help/VAT_RATE_IMPOSSIBLE', signedIn: false, whole: true },
  { name: 'help-article', path: '/help/vies-silent', signedIn: false, whole: true },
  { name: 'help-missing', path: '/help/NO_SUCH_CODE', signedIn: false },
  {
    name: 'open-vat',
    path: at(1, 'open'),
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /(Beslis over de btw|Decide about VAT)/ })
        .first()
        .click()
      await settle(page)
    },
  },
  { name: 'operator-licences', path: '/operator/licences?show=all', whole: true },
  { name: 'operator-offers', path: '/operator/offers?state=all', whole: true },
  { name: 'operator-tariffs', path: '/operator/tariffs', whole: true },
  { name: 'operator-migrations', path: '/operator/migrations?show=all', whole: true },
  {
    name: 'operator-set-price',
    path: '/operator/tariffs',
    prepare: async (page) => {
      await page.getByRole('button', { name: /(Prijs instellen|Set a price)/ }).click()
      await settle(page)
    },
  },
  {
    name: 'operator-offer',
    path: `/operator/${at(1, '').replace('/i/', 'integrations/')}`.replace(/\/$/, ''),
    prepare: async (page) => {
      await page.getByRole('button', { name: /(Dienst aanbieden|Offer a service)/ }).click()
      await settle(page)
    },
  },
  {
    name: 'operator-migrate',
    path: `/operator/${at(1, '').replace('/i/', 'integrations/')}`.replace(/\/$/, ''),
    prepare: async (page) => {
      await page.getByRole('button', { name: /^(Migratie|Migration)$/ }).click()
      await settle(page)
    },
  },
  { name: 'operator-queues', path: '/operator/queues' },
  { name: 'operator-mails', path: '/operator/mails' },
  { name: 'operator-log', path: '/operator/log' },
  { name: 'operator-welcome', path: '/operator/welcome#x', signedIn: false },
  {
    name: 'open-vat-with',
    path: at(1, 'open'),
    prepare: async (page) => {
      await page
        .getByRole('button', { name: /(Beslis over de btw|Decide about VAT)/ })
        .first()
        .click()
      await settle(page)
      await page.getByRole('radio').nth(1).check()
      await settle(page)
    },
  },
]
