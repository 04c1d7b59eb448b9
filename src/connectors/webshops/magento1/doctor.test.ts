import { describe, expect, it } from 'vitest'
import type { SwitchChange } from '../../../../sandbox/magento1/index.ts'
import type { ProblemCode } from '../../../problems/catalogue.ts'
import { Trouble } from '../../../problems/reason.ts'
import { isHealthy } from '../../finding.ts'
import { liveShop } from '../../../../test/support/magento1-shop.ts'
import { magento1 } from './index.ts'

const mug = { lines: [{ name: 'Mok', unitPrice: 12.1 }] }

const all: readonly (readonly [string, SwitchChange, ProblemCode])[] = [
  ['the extension is not installed', { extension: false }, 'SHOP_EXTENSION_MISSING'],
  ['REST is off', { hosting: 'rest-missing' }, 'REST_PATH_MISSING'],
  ['the header is stripped', { hosting: 'header-stripped' }, 'AUTHORIZATION_STRIPPED'],
  ['the administrator has no role', { role: 'missing' }, 'ADMIN_ROLE_MISSING'],
  [
    'the role has no rights',
    { deniedResources: ['accounting_info', 'accounting_invoice', 'accounting_paymentmethod'] },
    'RIGHT_MISSING',
  ],
  ['no attribute is ticked', { hiddenAttributes: ['*'] }, 'ATTRIBUTES_MISSING'],
  ['a firewall', { hosting: 'firewall' }, 'REMOTE_HTML'],
  ['a password of the server', { hosting: 'basic-auth' }, 'PASSWORD_IN_FRONT'],
  ['a redirect', { hosting: 'redirect' }, 'REMOTE_REDIRECTS'],
]

describe('the doctor', () => {
  it.each(all)('tells apart: %s', async (_, switches, code) => {
    const { shop, session } = await liveShop({ switches })
    shop.place(mug)
    const findings = await magento1.check(session())
    expect(findings.map(({ problem }) => problem?.code)).toEqual([code, code, code])
  })

  it('names the attribute that is missing, and stops reading without it', async () => {
    const { shop, session } = await liveShop({
      switches: { hiddenAttributes: ['base_tax_amount'] },
    })
    shop.place(mug)
    const [info, methods, invoices] = await magento1.check(session())
    expect([info?.problem, methods?.problem]).toEqual([undefined, undefined])
    expect(invoices?.problem).toMatchObject({
      code: 'ATTRIBUTES_MISSING',
      params: { field: 'base_tax_amount' },
    })
    const read = () => magento1.read(session(), { kind: 'invoice', id: '1' })
    await expect(read()).rejects.toMatchObject({ cure: 'reconnect' })
    await expect(read()).rejects.toBeInstanceOf(Trouble)
  })

  it('asks for credit memos only where they are booked', async () => {
    const { shop, session } = await liveShop({
      switches: { deniedResources: ['accounting_creditmemo'] },
    })
    shop.place(mug)
    expect(isHealthy(await magento1.check(session()))).toBe(true)
    const findings = await magento1.check(session({ settings: { credits: true } }))
    expect(findings.find(({ subject }) => subject === 'creditmemos')?.problem?.code).toBe(
      'RIGHT_MISSING',
    )
  })

  it('says that a token was revoked', async () => {
    const { shop, session } = await liveShop()
    shop.revokeTokens()
    const findings = await magento1.check(session())
    expect(findings.map(({ problem }) => problem?.code)).toEqual(
      findings.map(() => 'CREDENTIALS_REFUSED'),
    )
  })
})
