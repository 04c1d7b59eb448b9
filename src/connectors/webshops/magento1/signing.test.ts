import { expect, it } from 'vitest'
import { sign } from '../magento/signing.ts'
import { originsSeen, shopAddressOf } from './address.ts'
import { queryOf } from './query.ts'

const clock = {
  now: () => new Date(1_795_183_200_000),
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
}
const consumer = {
  consumerKey: '0123456789abcdef0123456789abcdef',
  consumerSecret: 'fedcba9876543210fedcba9876543210',
  method: 'HMAC-SHA1' as const,
}
const signatureIn = (header: string) =>
  decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? '')

it('signs the first step as the shop does (contract 3.3, vector A)', () => {
  const header = sign(
    'POST',
    'https://oud.voorbeeld.nl/oauth/initiate',
    consumer,
    { clock, nonce: 'm1nonce0001' },
    { oauth_callback: 'https://koppeling.voorbeeld.nl/magento1/callback?tenant=42' },
  )
  expect(signatureIn(header)).toBe('K0USyMP56WE7qxxSTghgZmdTiUM=')
  expect(header).toMatch(/^OAuth /)
  expect(header).toContain('oauth_callback="https%3A%2F%2Fkoppeling.voorbeeld.nl')
})

it('signs a list as the shop does (contract 3.3, vector B)', () => {
  const query = queryOf({
    filters: [{ attribute: 'created_at', condition: 'gteq', value: '2026-11-20 13:55:00' }],
    order: { by: 'entity_id', direction: 'asc' },
    limit: 50,
    page: 1,
  })
  expect(query).toContain('2026-11-20%2013%3A55%3A00')
  const url = `https://oud.voorbeeld.nl/api/rest/accounting/invoices?${query}`
  const token = { key: '1'.repeat(32), secret: '2'.repeat(32) }
  const header = sign('GET', url, { ...consumer, token }, { clock, nonce: 'm1nonce0002' })
  expect(signatureIn(header)).toBe('Ame0jk8b3RAWQMvUkiz0f2Xow4E=')
})

it.each([
  ['https://shop.nl/admin', 'https://shop.nl', 'https://shop.nl', 'https://shop.nl/admin'],
  ['https://shop.nl/', 'https://shop.nl', 'https://shop.nl', 'https://shop.nl/admin'],
  ['https://shop.nl/beheer/', 'https://shop.nl', 'https://shop.nl', 'https://shop.nl/beheer'],
  [
    'https://shop.nl/index.php/admin/dashboard/index/key/5f0c/',
    'https://shop.nl',
    'https://shop.nl/index.php',
    'https://shop.nl/index.php/admin',
  ],
  [
    'https://shop.nl/winkel/index.php/geheim/index/index/key/5f0c/',
    'https://shop.nl/winkel',
    'https://shop.nl/winkel/index.php',
    'https://shop.nl/winkel/index.php/geheim',
  ],
  [
    'http://shop.nl:8080/winkel/index.php/',
    'http://shop.nl:8080/winkel',
    'http://shop.nl:8080/winkel/index.php',
    'http://shop.nl:8080/winkel/index.php/admin',
  ],
])('finds the API behind the admin address %s', (given, rest, oauth, admin) => {
  expect(shopAddressOf(given)).toMatchObject({ rest, oauth, admin })
})

it('knows what a shop may take itself for (contract 3.2)', () => {
  expect(originsSeen('https://shop.nl:8443', 'handshake')).toEqual([
    'https://shop.nl',
    'https://shop.nl:8443',
    'http://shop.nl',
    'http://shop.nl:8443',
  ])
  expect(originsSeen('https://shop.nl', 'rest')).toEqual(['https://shop.nl', 'http://shop.nl'])
})
