import type { Handlers } from '../jobs/jobs.ts'
import { recheckVatNumbers } from '../support/billing/billing-details.ts'
import { lookAtLicences } from '../support/billing/licence-job.ts'
import { rereadDue } from '../support/billing/payments.ts'
import { tellInstallations, tellRedConnections } from '../support/mail/connection-mails.ts'
import { forgetRecipients, writeDigests } from '../support/mail/digests.ts'
import type { Runtime } from './runtime.ts'

/** The work of an office: licences, payments, news and digests. A failing part is told; the others go on. */
export const officeHandlers = ({
  engine,
  billing,
  mails,
  log,
}: Runtime): Pick<Handlers, 'licences' | 'news' | 'digests'> => {
  const news = { ...engine, publicUrl: mails.publicUrl }
  const inTurn = async (parts: Readonly<Record<string, () => Promise<unknown>>>) => {
    for (const [part, work] of Object.entries(parts)) {
      await work().catch((error: unknown) => log.error({ err: error, part }, 'the office failed'))
    }
  }
  const ofIntegration = (message: string) => (error: unknown, integration: string) =>
    log.error({ err: error, integration }, message)

  return {
    async licences() {
      if (billing === null) return
      await inTurn({
        licences: () => lookAtLicences(billing, ofIntegration('a licence could not be looked at')),
        vatNumbers: () => recheckVatNumbers(billing),
      })
    },
    news: () =>
      inTurn({
        ...(billing !== null && { payments: () => rereadDue(billing) }),
        installations: () =>
          tellInstallations(news, ofIntegration('nobody was told of an installation')),
        redConnections: () =>
          tellRedConnections(news, ofIntegration('nobody was told of a red connection')),
      }),
    digests: () =>
      inTurn({
        digests: () => writeDigests(news, ofIntegration('a digest could not be written')),
        recipients: () => forgetRecipients(news),
      }),
  }
}
