import { describe, expect, it } from 'vitest'
import { garbageKinds } from './garbage.ts'
import { openSandbox, requester } from './test-client.ts'

const number = 'NL123456782B90'

describe('garbage', () => {
  it('empty is a success without a body', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'empty' })
    const answer = await post(number)
    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers.get('content-type')).toMatch('application/json')
    expect(answer.json).toThrow(SyntaxError)
  })

  it('html is a page of maintenance', async () => {
    const { get, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'html' })
    const answer = await get(number)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch('text/html')
    expect(answer.text).toMatch(/^<!doctype html>/)
  })

  it('xml-fault is what SOAP would say', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'xml-fault', status: 500 })
    const answer = await post(number)
    expect(answer.status).toBe(500)
    expect(answer.headers.get('content-type')).toMatch('text/xml')
    expect(answer.text).toMatch('<faultstring>MS_UNAVAILABLE</faultstring>')
  })

  it('truncated-json is whole for HTTP and half for JSON', async () => {
    const { post, sandbox } = await openSandbox()
    const { text } = await post(number)
    sandbox.setGarbage({ kind: 'truncated-json' })
    const answer = await post(number)
    expect(answer.text).toBe(text.slice(0, Math.floor(text.length / 2)))
    expect(answer.headers.get('content-length')).toBe(String(answer.text.length))
    expect(answer.json).toThrow(SyntaxError)
  })

  it('wrong-types is JSON with every value of another type', async () => {
    const { get, post, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'wrong-types', times: 3 })
    expect((await post(number)).json()).toMatchObject({ valid: 'true', countryCode: ['NL'] })
    expect((await get(number)).json()).toMatchObject({
      isValid: 'true',
      userError: ['VALID'],
      viesApproximate: { matchName: '3', name: ['---'] },
    })
    expect((await post('GR123456789')).json()).toMatchObject({
      actionSucceed: 'false',
      errorWrappers: { item: [{ error: ['INVALID_INPUT'] }] },
    })
  })

  it('huge is a right answer that is far too long', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.setGarbage([{ kind: 'huge' }, { kind: 'huge', bytes: 1000 }])
    const answer = await post(number)
    expect(answer.text.length).toBeGreaterThan(20_000_000)
    expect(Number(answer.headers.get('content-length'))).toBe(answer.text.length)
    expect((await post(number)).json()).toMatchObject({ valid: true, name: 'A'.repeat(1000) })
  })

  it('slow is a right answer that comes too late', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'slow', delayMs: 80 })
    const start = performance.now()
    expect((await post(number)).json()).toMatchObject({ valid: true })
    expect(performance.now() - start).toBeGreaterThan(75)
  })

  it('slow makes a client with a time limit give up', async () => {
    const { sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'slow' })
    const signal = AbortSignal.timeout(60)
    const call = fetch(`${sandbox.apiUrl}/ms/NL/vat/123456782B90`, { signal })
    await expect(call).rejects.toMatchObject({ name: 'TimeoutError' })
  })
})

describe.each(garbageKinds)('%s', (kind) => {
  it('leaves the check done and its verdict in the ledger', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind, delayMs: 10, bytes: 10 })
    await post(number, requester)
    const [check] = sandbox.ledger().checks
    expect(check).toMatchObject({ verdict: 'VALID', garbage: kind })
    expect(check?.consultationNumber).toMatch(/^WAPI/)
  })

  it('may have any status, and works on check-status', async () => {
    const { call, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind, status: 502, delayMs: 10, bytes: 10 })
    expect((await call('GET', '/check-status')).status).toBe(502)
    expect((await call('GET', '/check-status')).status).toBe(200)
  })
})

describe('rules', () => {
  it('are used up one after another', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.setGarbage([{ kind: 'empty', times: 2 }, { kind: 'html' }])
    const texts = []
    for (let index = 0; index < 4; index += 1) texts.push((await post(number)).text.slice(0, 9))
    expect(texts).toEqual(['', '', '<!doctype', '{"country'])
    expect(sandbox.garbage()).toEqual([
      { kind: 'empty', times: 2, hits: 2, left: 0 },
      { kind: 'html', hits: 1, left: 0 },
    ])
  })

  it('may hold for ever, and for some calls', async () => {
    const { get, post, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'empty', times: 0, path: '/ms/NL/' })
    expect([(await get(number)).text, (await get(number)).text]).toEqual(['', ''])
    expect((await get('FR12345678901')).text).not.toBe('')
    expect((await post(number)).text).not.toBe('')
    expect(sandbox.garbage()).toMatchObject([{ hits: 2, left: null }])
    sandbox.setGarbage([])
    expect((await get(number)).text).not.toBe('')
  })

  it.each([
    [{ kind: 'typo' }, 'kind must be one of: empty, html'],
    [{ kind: 'empty', time: 1 }, 'a rule has no time'],
    [{ kind: 'empty', times: -1 }, 'times must be a whole number'],
    [{ kind: 'empty', path: '(' }, /regular expression/i],
    ['empty', 'a rule must be an object of: kind'],
  ])('refuse %j', async (rule, message) => {
    const { control, sandbox } = await openSandbox()
    sandbox.setGarbage({ kind: 'slow' })
    const answer = await control('PUT', '/garbage', [{ kind: 'html' }, rule])
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(message)
    expect(sandbox.garbage()).toMatchObject([{ kind: 'slow' }])
  })
})

describe("the kit's faults", () => {
  it.each([
    ['rate-limit', 'GLOBAL_MAX_CONCURRENT_REQ'],
    ['unauthorized', 'IP_BLOCKED'],
  ] as const)('%s is %s', async (fault, error) => {
    const { post, sandbox } = await openSandbox()
    sandbox.faults.add({ fault })
    expect((await post(number)).json()).toMatchObject({ errorWrappers: [{ error }] })
    expect(sandbox.ledger().total).toBe(0)
  })

  it('leave a check done whose answer is lost', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.faults.add({ fault: 'reset-after' })
    await expect(post(number)).rejects.toThrow()
    expect(sandbox.ledger().checks).toMatchObject([{ number, verdict: 'VALID' }])
  })
})
