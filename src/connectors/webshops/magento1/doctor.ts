import { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Finding } from '../../finding.ts'
import { createApi, type Api, type ApiAccess } from './api.ts'
import { missingAttribute, type Resource } from './attributes.ts'
import { isDenied } from './recognise.ts'
import { system } from './system.ts'
import * as wire from './wire.ts'

/** What came of `act`. Only Trouble is a finding; a bug is thrown on. */
const problemOf = async (act: () => unknown): Promise<Reason | null> => {
  try {
    await act()
    return null
  } catch (error) {
    if (error instanceof Trouble) return error.reason
    throw error
  }
}

/** The newest document, where there is one: only a document shows which attributes are ticked. */
const newestOf = (resource: 'invoices' | 'creditmemos') => async (api: Api) => {
  const order = { by: 'entity_id', direction: 'desc' } as const
  const { items } = await api.list(resource, { order, limit: 1, page: 1 }, z.unknown())
  for (const item of items) {
    const field = missingAttribute(resource, item)
    if (field !== null) {
      throw new Trouble('reconnect', reason('ATTRIBUTES_MISSING', { system, field }))
    }
  }
}

/** Each right by its name in the README, and the call that needs it. */
const rights: readonly { subject: Resource; call: (api: Api) => Promise<unknown> }[] = [
  { subject: 'info', call: (api) => api.get('info', wire.info) },
  { subject: 'paymentmethods', call: (api) => api.get('paymentmethods', wire.paymentMethods) },
  { subject: 'invoices', call: newestOf('invoices') },
  { subject: 'creditmemos', call: newestOf('creditmemos') },
]

/**
 * Why everything was denied: a call whose header was stripped is that of a guest, and gets the same answer as
 * one without rights. A deliberately wrong signature tells whether the header arrives (contract §4.3).
 */
const whyNobody = async (api: Api, { credentials }: ApiAccess): Promise<Reason | null> => {
  const { consumerKey, accessToken } = credentials
  const wrong = { consumerKey, consumerSecret: 'x', token: { key: accessToken, secret: 'x' } }
  const answer = await api.ask('info', wrong)
  if (answer.is === 'silence' || !isDenied(answer)) return null
  return reason('AUTHORIZATION_STRIPPED', { system })
}

/** Tries every right we need by reading with it, one finding each, in the order of the README. */
export const examineConnection = async (
  access: ApiAccess,
  { credits }: { credits: boolean },
): Promise<Finding[]> => {
  const wanted = rights.filter(({ subject }) => credits || subject !== 'creditmemos')
  let api: Api
  try {
    api = createApi(access)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    const { reason: problem } = error
    return wanted.map(({ subject }) => ({ subject, problem }))
  }
  const findings: { subject: string; problem: Reason | null }[] = []
  // One after the other: these shops are old, and a firewall counts.
  for (const { subject, call } of wanted) {
    findings.push({ subject, problem: await problemOf(() => call(api)) })
  }
  const isNobody = findings.every(({ problem }) => problem?.code === 'RIGHT_MISSING')
  const deeper = isNobody ? await whyNobody(api, access) : null
  return findings.map(({ subject, problem }) =>
    problem === null ? { subject } : { subject, problem: deeper ?? problem },
  )
}
