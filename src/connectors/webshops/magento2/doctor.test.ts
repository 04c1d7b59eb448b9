import { expect, it } from 'vitest'
import type { SwitchChange } from '../../../../sandbox/magento2/index.ts'
import type { ProblemCode } from '../../../problems/catalogue.ts'
import { liveShop } from '../../../../test/support/magento2-shop.ts'
import { magento2 } from './index.ts'

const all = [
  'Magento_Sales::sales_invoice',
  'Magento_Sales::sales_creditmemo',
  'Magento_Sales::actions_view',
  'Magento_Backend::store',
]

/** Faults of hosts and admins, each told by its own name (contract §4.6, §8). */
const faults: readonly (readonly [string, SwitchChange, ProblemCode])[] = [
  ['the REST path does not exist', { hosting: 'rest-missing' }, 'REST_PATH_MISSING'],
  ['the shop redirects', { hosting: 'redirect' }, 'REMOTE_REDIRECTS'],
  [
    'the Authorization header is stripped',
    { hosting: 'header-stripped' },
    'AUTHORIZATION_STRIPPED',
  ],
  ['the integration is inactive', { inactive: true }, 'INTEGRATION_INACTIVE'],
  ['no right at all but the implicit one', { deniedResources: all }, 'RIGHT_MISSING'],
  ['a firewall page', { hosting: 'firewall' }, 'REMOTE_HTML'],
  ['maintenance mode', { hosting: 'maintenance' }, 'SHOP_IN_MAINTENANCE'],
  ['a password in front', { hosting: 'basic-auth' }, 'PASSWORD_IN_FRONT'],
  ['notices before the JSON', { phpNotice: true }, 'REMOTE_NOT_JSON'],
]

it.each(faults)('tells apart: %s', async (_, change, code) => {
  const { shop, session } = await liveShop()
  shop.setSwitches(change)
  const findings = await magento2.check(session)
  expect(findings.map(({ problem }) => problem?.code)).toEqual([code, code, code, code])
})

it.each(faults)('tells it in another language too: %s', async (_, change, code) => {
  const { shop, session } = await liveShop()
  shop.setSwitches({ ...change, translated: true, profile: '2.1' })
  const findings = await magento2.check(session)
  expect(new Set(findings.map(({ problem }) => problem?.code))).toEqual(new Set([code]))
})

it('names the resource to tick', async () => {
  const { shop, session } = await liveShop()
  shop.setSwitches({ deniedResources: ['Magento_Sales::sales_creditmemo'] })
  const findings = await magento2.check(session)
  expect(findings).toEqual([
    { subject: 'invoices' },
    {
      subject: 'creditmemos',
      problem: {
        code: 'RIGHT_MISSING',
        params: { system: 'Magento', status: 'Magento_Sales::sales_creditmemo' },
      },
    },
    { subject: 'orders' },
    { subject: 'stores' },
  ])
})

it('waits as long as it is told', async () => {
  const { shop, session } = await liveShop()
  shop.faults.add({ fault: 'rate-limit', times: 0 })
  await expect(magento2.choices(session)).rejects.toMatchObject({
    cure: 'later',
    retryAfterMs: 60_000,
  })
})
