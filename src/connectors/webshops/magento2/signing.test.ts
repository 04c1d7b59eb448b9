import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { authorize, type Keys } from './signing.ts'
import { queryOf } from './criteria.ts'

/** The contract's vectors (contract §4.4): the same from the RFC and from Magento's own library. */
const clock = {
  now: () => new Date(1_795_183_200_000),
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
}
const once = { clock, nonce: 'n1a2b3c4d5e6f7081920a1b2c3d4e5f6' }
const consumer: Keys = {
  consumerKey: 'ck0000000000000000000000000000aa',
  consumerSecret: 'cs0000000000000000000000000000cc',
}
const token = {
  key: 'at0000000000000000000000000000bb',
  secret: 'ts0000000000000000000000000000dd',
}

const signatureOf = (header: string) =>
  decodeURIComponent(/oauth_signature="([^"]+)"/.exec(header)?.[1] ?? '')

describe('authorize', () => {
  it('signs a list by the contract: vector M2-A', () => {
    const query = queryOf({
      filters: [{ field: 'created_at', condition: 'gteq', value: '2026-11-20 13:55:00' }],
      sort: { field: 'entity_id', direction: 'ASC' },
      pageSize: 50,
      page: 1,
    })
    const url = `https://shop.voorbeeld.nl/rest/default/V1/invoices?${query}`
    const header = authorize('GET', url, { ...consumer, token }, once)
    expect(signatureOf(header)).toBe('HWXhQQCXzX0r0rgnU6Ie/e4GJ03KxeOba7lYHl2qKuA=')
    expect(header).toMatch(/^OAuth /)
    expect(header).not.toContain('searchCriteria')
  })

  it('signs the first step of the handshake: vector M2-B', () => {
    const url = 'https://shop.voorbeeld.nl/oauth/token/request'
    const header = authorize('POST', url, consumer, once)
    expect(signatureOf(header)).toBe('kKzYVaSLS2sybzqnuYNwOojovBoEzw5qYhOWSQEtZv4=')
    expect(header).not.toContain('oauth_token')
  })

  it('signs the verifier with the second step', () => {
    const url = 'https://shop.voorbeeld.nl/oauth/token/access'
    const request = {
      key: 'rt0000000000000000000000000000ee',
      secret: 'rs0000000000000000000000000000gg',
    }
    const verifier = 'vf0000000000000000000000000000ff'
    const header = authorize('POST', url, { ...consumer, token: request }, once, verifier)
    expect(header).toContain(`oauth_verifier="${verifier}"`)
    // Written out: vector M2-C is of SHA1, which we never use.
    const parameters = [
      'oauth_consumer_key=ck0000000000000000000000000000aa',
      'oauth_nonce=n1a2b3c4d5e6f7081920a1b2c3d4e5f6',
      'oauth_signature_method=HMAC-SHA256',
      'oauth_timestamp=1795183200',
      'oauth_token=rt0000000000000000000000000000ee',
      `oauth_verifier=${verifier}`,
      'oauth_version=1.0',
    ].join('&')
    const base = ['POST', url, parameters].map(encodeURIComponent).join('&')
    const key = `${consumer.consumerSecret}&${request.secret}`
    expect(signatureOf(header)).toBe(createHmac('sha256', key).update(base).digest('base64'))
  })

  it('never uses a nonce twice', () => {
    const nonces = Array.from({ length: 100 }, () => {
      const header = authorize('GET', 'https://shop.voorbeeld.nl/rest/V1/modules', consumer, {
        clock,
      })
      return /oauth_nonce="([0-9a-f]{32})"/.exec(header)?.[1]
    })
    expect(new Set(nonces).size).toBe(100)
  })
})
