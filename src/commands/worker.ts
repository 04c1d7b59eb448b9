import { drain } from '../bookings/drain.ts'
import { abandonedPolls, activeIntegrations, poll, review } from '../bookings/polling.ts'
import { abandonedSurveys } from '../bookings/surveys/survey-store.ts'
import { surveySlice } from '../bookings/surveys/survey-slice.ts'
import { keepSweeping } from '../bookings/sweep.ts'
import { monitor } from '../operator/monitor.ts'
import { expireTickets } from '../support/tickets/expire.ts'
import { keepSendingMails } from '../support/mail/send-mails.ts'
import { officeHandlers } from './office.ts'
import type { Runtime } from './runtime.ts'

/**
 * Starts working: answers bells, polls, reviews, sweeps, keeps the office and sends mails.
 * @returns how to stop taking new work
 */
export const startWorker = async (runtime: Runtime): Promise<() => void> => {
  const { config, engine, jobs, log, mails } = runtime
  const stopped = new AbortController()
  await jobs.work({
    drain: ({ integrationId }) => drain(engine, integrationId),
    async poll({ integrationId }) {
      await poll(engine, integrationId)
    },
    async survey({ integrationId }) {
      // More work is left to another job, so that nobody's survey keeps the others waiting.
      if (await surveySlice(engine, integrationId)) await engine.ringSurvey(integrationId)
    },
    async 'poll-all'() {
      for (const integrationId of await activeIntegrations(engine)) {
        await jobs.send('poll', { integrationId }, integrationId)
      }
    },
    'review-all': () => review(engine),
    async monitor() {
      await monitor(engine, config.publicUrl)
      await expireTickets(engine)
    },
    ...officeHandlers(runtime),
  })
  const resumeWork = async () => {
    for (const integrationId of await abandonedPolls(engine)) {
      await jobs.send('poll', { integrationId }, integrationId)
    }
    for (const integrationId of await abandonedSurveys(engine)) {
      await engine.ringSurvey(integrationId)
    }
  }
  void keepSweeping(engine, resumeWork, stopped.signal, (error) =>
    log.warn({ err: error }, 'a sweep failed'),
  )
  void keepSendingMails(mails, stopped.signal, (error) =>
    log.warn({ err: error }, 'a pass of the mail room failed'),
  )
  return () => stopped.abort()
}
