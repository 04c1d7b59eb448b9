import { describe, expect, it } from 'vitest'
import { openSandbox, requester } from './test-client.ts'

/** The table of contract 1.3, typed over for itself: not the sandbox's own. */
const failures = [
  ['201', 'INVALID_INPUT'],
  ['202', 'INVALID_REQUESTER_INFO'],
  ['300', 'SERVICE_UNAVAILABLE'],
  ['301', 'MS_UNAVAILABLE'],
  ['302', 'TIMEOUT'],
  ['400', 'VAT_BLOCKED'],
  ['401', 'IP_BLOCKED'],
  ['500', 'GLOBAL_MAX_CONCURRENT_REQ'],
  ['501', 'GLOBAL_MAX_CONCURRENT_REQ_TIME'],
  ['600', 'MS_MAX_CONCURRENT_REQ'],
  ['601', 'MS_MAX_CONCURRENT_REQ_TIME'],
] as const
const others = ['', '0', '101', '1000', 'U12345678', '123456782B90']

const trader = { name: 'John Doe', address: '123 Main St, Anytown, UK' }
const nobody = { name: '---', address: '---' }

describe.each(['/check-vat-test-service', '/check-vat-number'])('POST %s', (path) => {
  it.each([
    ['100', true, trader],
    ['200', false, nobody],
  ])('answers %s with valid %s', async (vatNumber, valid, whose) => {
    const { call } = await openSandbox()
    const answer = await call('POST', path, { countryCode: 'DE', vatNumber })
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ countryCode: 'DE', vatNumber, valid, ...whose })
  })

  it.each(failures)('answers %s with %s', async (vatNumber, error) => {
    const { call } = await openSandbox()
    const answer = await call('POST', path, { countryCode: 'NL', vatNumber })
    expect(answer.json()).toEqual({
      actionSucceed: false,
      errorWrappers: [{ error, message: expect.stringMatching(/./) as string }],
    })
  })
})

describe('GET', () => {
  it.each([
    ['100', 'VALID', { isValid: true, ...trader }],
    ['200', 'INVALID', { isValid: false, ...nobody }],
    ...failures.map(([number, code]) => [number, code, { isValid: false, ...nobody }] as const),
  ] as const)('answers %s with %s and status 200', async (vatNumber, userError, more) => {
    const { get } = await openSandbox({ switches: { errorStatus: 500 } })
    const answer = await get(`FR${vatNumber}`)
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({ userError, vatNumber, ...more })
  })
})

describe('any other number', () => {
  it.each(others)('%j is SERVICE_UNAVAILABLE to the test service', async (vatNumber) => {
    const { call } = await openSandbox()
    const answer = await call('POST', '/check-vat-test-service', { countryCode: 'AT', vatNumber })
    expect(answer.json()).toMatchObject({ errorWrappers: [{ error: 'SERVICE_UNAVAILABLE' }] })
  })

  it.each(others.slice(1))('%j is so on the ordinary calls by a switch', async (number) => {
    const { verdict } = await openSandbox({ switches: { testNumbers: 'only' } })
    expect(await verdict(`AT${number}`)).toBe('SERVICE_UNAVAILABLE')
    expect(await verdict(`AT${number}`, 'get')).toBe('SERVICE_UNAVAILABLE')
  })
})

describe('the test numbers', () => {
  it('need a country code that VIES knows', async () => {
    const { call, verdict } = await openSandbox()
    expect(await verdict('GB100')).toBe('INVALID_INPUT')
    const body = { countryCode: 'GR', vatNumber: '100' }
    const answer = await call('POST', '/check-vat-test-service', body)
    expect(answer.json()).toMatchObject({ errorWrappers: [{ error: 'INVALID_INPUT' }] })
  })

  it('are nothing special on the ordinary calls when switched off', async () => {
    const { call, verdict } = await openSandbox({ switches: { testNumbers: 'off' } })
    expect(await verdict('NL100')).toBe('INVALID_INPUT')
    // Two to ten digits are a Romanian number.
    expect(await verdict('RO200', 'get')).toBe('VALID')
    const body = { countryCode: 'NL', vatNumber: '100' }
    expect((await call('POST', '/check-vat-test-service', body)).json()).toMatchObject(trader)
  })

  it('give way to what a person planted', async () => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.plantNumbers({ RO100: { valid: false } })
    expect(await verdict('RO100')).toBe('INVALID')
  })

  it('have nothing to do with how a state is doing', async () => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.changeStates({ '*': { mode: 'Unavailable', concurrentMax: 0 } })
    expect(await verdict('NL100')).toBe('VALID')
  })

  it('give a consultation number to a requester', async () => {
    const { get, post } = await openSandbox()
    expect((await post('NL100', requester)).json()).toMatchObject({
      requestIdentifier: expect.stringMatching(/^WAPI\w{12}$/) as string,
    })
    expect((await get('NL100')).json()).toMatchObject({ requestIdentifier: '' })
  })
})
