import { drain } from '../bookings/drain.ts'
import { abandonedPolls, activeIntegrations, poll, review } from '../bookings/polling.ts'
import { keepSweeping } from '../bookings/sweep.ts'
import { keepSendingMails } from '../support/mail/send-mails.ts'
import { officeHandlers } from './office.ts'
import type { Runtime } from './runtime.ts'

/**
 * Starts working: answers bells, polls, reviews, sweeps, keeps the office and sends mails.
 * @returns how to stop taking new work
 */
export const startWorker = async (runtime: Runtime): Promise<() => void> => {
  const { engine, jobs, log, mails } = runtime
  const stopped = new AbortController()
  await jobs.work({
    drain: ({ integrationId }) => drain(engine, integrationId),
    async poll({ integrationId }) {
      await poll(engine, integrationId)
    },
    async 'poll-all'() {
      for (const integrationId of await activeIntegrations(engine)) {
        await jobs.send('poll', { integrationId }, integrationId)
      }
    },
    'review-all': () => review(engine),
    ...officeHandlers(runtime),
  })
  const resumePolls = async () => {
    for (const integrationId of await abandonedPolls(engine)) {
      await jobs.send('poll', { integrationId }, integrationId)
    }
  }
  void keepSweeping(engine, resumePolls, stopped.signal, (error) =>
    log.warn({ err: error }, 'a sweep failed'),
  )
  void keepSendingMails(mails, stopped.signal, (error) =>
    log.warn({ err: error }, 'a pass of the mail room failed'),
  )
  return () => stopped.abort()
}
