import { z } from 'zod'
import { reason, Trouble, type Reason } from '../../../problems/reason.ts'
import type { Finding } from '../../finding.ts'
import { createApi, type Api, type ApiAccess, type Resource } from './api.ts'
import { missingRight } from './recognise.ts'
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

const anything = z.looseObject({})
const oneOf = (api: Api, resource: Resource) => () =>
  api.list(resource, { pageSize: 1, page: 1 }, anything)

/** Each right by its name in the README, and the call that needs it. */
const rights: readonly { subject: string; call: (api: Api) => () => Promise<unknown> }[] = [
  { subject: 'invoices', call: (api) => oneOf(api, 'invoices') },
  { subject: 'creditmemos', call: (api) => oneOf(api, 'creditmemos') },
  { subject: 'orders', call: (api) => oneOf(api, 'orders') },
  { subject: 'stores', call: (api) => () => api.get('store/storeConfigs', wire.storeConfigs) },
]

/**
 * Why everything was refused with the sentence that Magento has for nobody in particular (contract §4.6):
 * every integration with any right may list the modules, so that decides whether rights are the matter; a
 * deliberately wrong signature tells whether the header arrives at all.
 */
const whyNobody = async (api: Api, access: ApiAccess): Promise<Reason | null> => {
  const modules = await api.ask('modules')
  if (modules.is === 'silence' || missingRight(modules) === null) return null
  const { consumerKey, accessToken } = access.credentials
  const wrong = { consumerKey, consumerSecret: 'x', token: { key: accessToken, secret: 'x' } }
  const answer = await api.ask('modules', wrong)
  if (answer.is === 'silence') return null
  return missingRight(answer) === null
    ? reason('INTEGRATION_INACTIVE', { system })
    : reason('AUTHORIZATION_STRIPPED', { system })
}

/** Tries every right we need by reading with it, one finding each, in the order of the README. */
export const examineConnection = async (access: ApiAccess): Promise<Finding[]> => {
  let api: Api
  try {
    api = createApi(access)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    const { reason: problem } = error
    return rights.map(({ subject }) => ({ subject, problem }))
  }
  const findings: { subject: string; problem: Reason | null }[] = []
  // One after the other: shops are slow, and a firewall counts (contract §8).
  for (const { subject, call } of rights) {
    findings.push({ subject, problem: await problemOf(call(api)) })
  }
  const isNobody = findings.every(({ problem }) => problem?.code === 'RIGHT_MISSING')
  const deeper = isNobody ? await whyNobody(api, access) : null
  return findings.map(({ subject, problem }) =>
    problem === null ? { subject } : { subject, problem: deeper ?? problem },
  )
}
