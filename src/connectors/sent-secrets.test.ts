import { describe, expect, it } from 'vitest'
import type { HttpRequest } from './http.ts'
import { withoutSecrets } from './sent-secrets.ts'

const request = (
  headers: Record<string, string>,
  url = 'https://shop.example/api',
): HttpRequest => ({
  method: 'GET',
  url,
  headers,
})

const basic = (name: string, key: string) => ({
  authorization: `Basic ${Buffer.from(`${name}:${key}`).toString('base64')}`,
})

describe('an answer that repeats what it was sent', () => {
  it.each([
    ['HTTP Basic', basic('winkel', 'kort+geheim/7'), 'kort+geheim/7'],
    ['a bearer', { authorization: 'Bearer eyJ0b2tlbiI6MX0' }, 'eyJ0b2tlbiI6MX0'],
    ['a header of its own', { Apikey: 'a1b2c3d4e5f6a7b8' }, 'a1b2c3d4e5f6a7b8'],
    ['a short code', { Securitycode: '48213' }, '48213'],
    [
      'OAuth 1.0',
      { authorization: 'OAuth oauth_token="tok9876543210", oauth_signature="sig%2Fx%3D1234"' },
      'tok9876543210',
    ],
  ])('loses %s, however it is written', (_, headers, secret) => {
    for (const spelled of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      secret.replaceAll('/', '\\/'),
    ]) {
      const page = `<pre>HTTP_X: ${spelled}, and\n"${spelled}"</pre>`
      const left = withoutSecrets(page, request(headers))
      expect(left).not.toContain(secret)
      expect(left).not.toContain(spelled)
      expect(left).toContain('<pre>HTTP_X: ')
    }
    const whole = Object.values(headers).join()
    expect(withoutSecrets(`sent: ${whole}`, request(headers))).toBe('sent: …')
  })

  it('loses a key of the address', () => {
    const url = 'https://books.example/api?key=0123456789abcdef0123456789&page=2'
    const left = withoutSecrets('GET /api?key=0123456789abcdef0123456789&page=2', request({}, url))
    expect(left).toBe('GET /api?key=…&page=2')
  })

  it('keeps everything else: dates and numbers that were searched for, and words', () => {
    const url = 'https://shop.example/api?number=100000123&since=2026-11-21'
    const answer = '{"number":"100000123","date":"2026-11-21","type":"application/json"}'
    const headers = { accept: 'application/json', Securitycode: '1000' }
    expect(withoutSecrets(answer, request(headers, url))).toBe(answer)
  })
})
