import { screens, type Screen } from './screens.ts'

/** One state of each page; the other states are for `look.ts`. */
const names: readonly string[] = [
  ...['front', 'terms', 'sign-in', 'forgotten', 'password', 'invitation', 'store', 'pay-open'],
  ...['new', 'install-terms', 'install-webshop', 'install-accounting', 'install-configure'],
  ...['install-done', 'report-many', 'errors-many', 'open-many', 'booking-refused'],
  ...['preview-go-ahead', 'configuration', 'migration-ready', 'reconciliation-differs'],
  ...['support-list', 'support-ticket', 'profile', 'my-account', 'help-list', 'help-article'],
  ...['operator-integrations', 'operator-integration', 'operator-alarms', 'operator-tickets'],
  ...['operator-migrations', 'operator-licences', 'operator-offers', 'operator-tariffs'],
  ...['operator-remotes', 'operator-queues', 'operator-mails', 'operator-log'],
]

/** @throws when a page is not among the screens any more */
export const pages: readonly Screen[] = names.map((name) => {
  const found = screens.find((each) => each.name === name)
  if (found === undefined) throw new Error(`no screen is called ${name}`)
  return found
})
