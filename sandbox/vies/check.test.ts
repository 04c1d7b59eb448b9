import { describe, expect, it } from 'vitest'
import { failureCodes } from './codes.ts'
import { exampleMoment, openSandbox, requester } from './test-client.ts'

const consultationNumber = expect.stringMatching(/^WAPI\w{12}$/) as string
const undisclosedTrader = {
  traderName: '---',
  traderStreet: '---',
  traderPostalCode: '---',
  traderCity: '---',
  traderCompanyType: '---',
}
const matchFields = ['Name', 'Street', 'PostalCode', 'City', 'CompanyType']

describe('an answer', () => {
  it('to POST has all fields of the contract and no other', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.plantNumbers({ NL123456782B90: { name: 'ACME B.V.', address: 'DAM 1\nAMSTERDAM' } })
    const answer = await post('NL123456782B90')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch('application/json')
    expect(answer.json()).toEqual({
      countryCode: 'NL',
      vatNumber: '123456782B90',
      requestDate: exampleMoment.toISOString(),
      valid: true,
      requestIdentifier: '',
      name: 'ACME B.V.',
      address: 'DAM 1\nAMSTERDAM',
      ...undisclosedTrader,
      ...Object.fromEntries(matchFields.map((name) => [`trader${name}Match`, 'NOT_PROCESSED'])),
    })
  })

  it('to GET has all fields of the contract and no other', async () => {
    const { get, sandbox } = await openSandbox()
    sandbox.plantNumbers({ NL123456782B90: { valid: false } })
    const answer = await get('NL123456782B90')
    expect(answer.json()).toEqual({
      isValid: false,
      requestDate: '2026-11-20T09:10:11.123Z',
      userError: 'INVALID',
      name: '---',
      address: '---',
      requestIdentifier: '',
      originalVatNumber: '123456782B90',
      vatNumber: '123456782B90',
      viesApproximate: {
        name: '---',
        street: '---',
        postalCode: '---',
        city: '---',
        companyType: '---',
        ...Object.fromEntries(matchFields.map((name) => [`match${name}`, 3])),
      },
    })
  })

  it.each(['DE123456789', 'ESB12345674'])('discloses nobody for %s', async (number) => {
    const { get, post, sandbox } = await openSandbox()
    sandbox.plantNumbers({ [number]: { name: 'Muster', address: 'Weg 1' } })
    const nobody = { name: '---', address: '---' }
    expect((await post(number)).json()).toMatchObject({ valid: true, ...nobody })
    expect((await get(number)).json()).toMatchObject({ isValid: true, ...nobody })
    sandbox.changeStates({ '*': { discloses: true } })
    expect((await post(number)).json()).toMatchObject({ name: 'Muster', address: 'Weg 1' })
  })
})

describe('a number', () => {
  it.each([
    'ATU12345678',
    'BE1000000035',
    'EL123456789',
    'XI123456789',
    'XIGD123',
    'IE1234567FA',
    'IE1+23456A',
    'FRXX123456789',
    'SE123456789001',
    'RO12',
  ])('%s is valid when nobody says otherwise', async (number) => {
    const { verdict } = await openSandbox()
    expect([await verdict(number), await verdict(number, 'get')]).toEqual(['VALID', 'VALID'])
  })

  it.each([
    'GR123456789',
    'GB123456789',
    'CH123456789',
    'EU372000063',
    'nl123456782B90',
    'NL123456782',
    'NL123456782B00',
    'NL1234.56.782B90',
    'NLNL123456782B90',
    'AT12345678',
    'BE468561072',
    'constructor',
  ])('%s is INVALID_INPUT', async (number) => {
    const { verdict } = await openSandbox()
    const verdicts = [await verdict(number), await verdict(number, 'get')]
    expect(verdicts).toEqual(['INVALID_INPUT', 'INVALID_INPUT'])
  })

  it('that was not planted may be invalid', async () => {
    const { sandbox, verdict } = await openSandbox({ switches: { unlisted: 'invalid' } })
    sandbox.plantNumbers({ DE123456789: {} })
    expect(await verdict('DE123456788')).toBe('INVALID')
    expect(await verdict('DE123456789')).toBe('VALID')
  })

  it('of impossible form may be an answer', async () => {
    const { verdict } = await openSandbox({ switches: { malformed: 'invalid' } })
    expect(await verdict('NL1')).toBe('INVALID')
    expect(await verdict('NL')).toBe('INVALID_INPUT')
    expect(await verdict('GR123456789')).toBe('INVALID_INPUT')
  })

  it('may be written carelessly', async () => {
    const { get } = await openSandbox({ switches: { lenientInput: true } })
    expect((await get('nl1234.56 782-b90')).json()).toMatchObject({
      isValid: true,
      originalVatNumber: '1234.56 782-b90',
      vatNumber: '123456782B90',
    })
  })

  it('that was planted needs no form', async () => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.plantNumbers({ FR12: { valid: true } })
    expect(await verdict('FR12')).toBe('VALID')
  })
})

describe('the consultation number', () => {
  const number = 'DE123456789'

  it('comes with a valid requester in both shapes, each time another', async () => {
    const { get, post, sandbox } = await openSandbox()
    expect((await post(number, requester)).json()).toMatchObject({
      valid: true,
      requestIdentifier: consultationNumber,
    })
    expect((await get(number, requester)).json()).toMatchObject({
      isValid: true,
      requestIdentifier: consultationNumber,
    })
    const given = sandbox.ledger().checks.map((check) => check.consultationNumber)
    expect(new Set(given).size).toBe(2)
  })

  it("does not come for SOAP's names of the requester", async () => {
    const { post } = await openSandbox()
    const soap = { requesterCountryCode: 'NL', requesterVatNumber: '810433941B01' }
    expect((await post(number, soap)).json()).toMatchObject({ valid: true, requestIdentifier: '' })
  })

  it.each([
    ['answers', true, true],
    ['valid', true, false],
    ['never', false, false],
  ] as const)('by the switch %s', async (consultation, withValid, withInvalid) => {
    const { post, sandbox } = await openSandbox({ switches: { consultation } })
    sandbox.plantNumbers({ DE999999999: { valid: false } })
    const given = (isGiven: boolean): unknown => (isGiven ? consultationNumber : '')
    expect((await post(number, requester)).json()).toMatchObject({
      requestIdentifier: given(withValid),
    })
    expect((await post('DE999999999', requester)).json()).toMatchObject({
      valid: false,
      requestIdentifier: given(withInvalid),
    })
  })

  it.each([
    [{ requesterMemberStateCode: 'NL', requesterNumber: '1' }],
    [{ requesterMemberStateCode: 'GR', requesterNumber: '123456789' }],
    [{ requesterMemberStateCode: 'constructor', requesterNumber: '1' }],
    [{ requesterMemberStateCode: 'NL' }],
    [{ requesterNumber: '810433941B01' }],
    [{ requesterMemberStateCode: 'NL', requesterNumber: '999999999B99' }],
  ] as Record<string, string>[][])('%j is no requester', async (bad = {}) => {
    const { get, post, sandbox } = await openSandbox()
    sandbox.plantNumbers({ NL999999999B99: { valid: false } })
    expect((await post(number, bad)).json()).toMatchObject({
      errorWrappers: [{ error: 'INVALID_REQUESTER_INFO' }],
    })
    expect((await get(number, bad)).json()).toMatchObject({
      isValid: false,
      userError: 'INVALID_REQUESTER_INFO',
      requestIdentifier: '',
    })
  })
})

describe('trader details', () => {
  const given = {
    traderName: 'acme  b.v.',
    traderStreet: 'Dam 1',
    traderPostalCode: '9999XX',
    traderCompanyType: 'BV',
  }
  const compared = {
    traderName: 'acme  b.v.',
    traderNameMatch: 'VALID',
    traderStreet: 'Dam 1',
    traderStreetMatch: 'VALID',
    traderPostalCode: '9999XX',
    traderPostalCodeMatch: 'INVALID',
    traderCity: '---',
    traderCityMatch: 'NOT_PROCESSED',
    traderCompanyType: '---',
    traderCompanyTypeMatch: 'NOT_PROCESSED',
  }
  const acme = { name: 'ACME B.V.', address: '\nDAM 1\n1012AB AMSTERDAM\n' }

  it('are compared with what is registered', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.plantNumbers({ NL123456782B90: acme, ESB12345674: acme })
    expect((await post('NL123456782B90', given)).json()).toMatchObject({ ...acme, ...compared })
    // Spain tells nothing but compares.
    expect((await post('ESB12345674', given)).json()).toMatchObject({ name: '---', ...compared })
  })

  it('are not compared by a state that does not, nor for an invalid number', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.plantNumbers({ DE123456789: acme, NL123456782B90: { valid: false } })
    for (const number of ['DE123456789', 'NL123456782B90']) {
      expect((await post(number, given)).json()).toMatchObject({
        ...undisclosedTrader,
        traderNameMatch: 'NOT_PROCESSED',
      })
    }
  })
})

describe('a failure', () => {
  const codes = [...failureCodes, 'SOMETHING_NEW']

  it.each(codes)('%s comes from a state, in both shapes', async (code) => {
    const { get, sandbox, verdict } = await openSandbox()
    sandbox.changeStates({ DE: code })
    expect(await verdict('DE123456789')).toBe(code)
    const answer = await get('DE123456789', requester)
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({
      isValid: false,
      userError: code,
      name: '---',
      requestIdentifier: '',
    })
    expect(await verdict('FR12345678901')).toBe('VALID')
  })

  it.each(codes)('%s comes from one number, in both shapes', async (error) => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.plantNumbers({ DE123456789: { error } })
    expect(await verdict('DE123456789')).toBe(error)
    expect(await verdict('DE123456789', 'get')).toBe(error)
    expect(await verdict('DE123456788')).toBe('VALID')
  })

  it('may be about the requester', async () => {
    const { post, sandbox } = await openSandbox()
    sandbox.plantNumbers({ NL810433941B01: { error: 'VAT_BLOCKED' } })
    expect((await post('DE123456789', requester)).json()).toMatchObject({
      errorWrappers: [{ error: 'VAT_BLOCKED' }],
    })
  })

  it.each([200, 400, 500] as const)('has status %i on POST by a switch', async (errorStatus) => {
    const { get, post, sandbox } = await openSandbox({ switches: { errorStatus } })
    sandbox.changeStates({ DE: 'Unavailable' })
    expect((await post('DE123456789')).status).toBe(errorStatus)
    expect((await get('DE123456789')).status).toBe(200)
    expect((await post('FR12345678901')).status).toBe(200)
  })

  it('may be without message', async () => {
    const { post } = await openSandbox({ switches: { errorMessages: false } })
    expect((await post('GR123456789')).json()).toEqual({
      actionSucceed: false,
      errorWrappers: [{ error: 'INVALID_INPUT' }],
    })
  })
})

describe('a call that is none', () => {
  it.each([
    ['POST', '/check-vat-number', '{"countryCode":', 400],
    ['POST', '/check-vat-number', '["NL"]', 400],
    ['GET', '/check-vat-number', undefined, 405],
    ['POST', '/check-status', '{}', 405],
    ['POST', '/ms/NL/vat/123456782B90', '{}', 405],
    ['GET', '/ms/NL/vat/', undefined, 404],
    ['GET', '/countries', undefined, 404],
  ] as const)('%s %s %s is refused with %i', async (method, path, body, status) => {
    const { call, sandbox } = await openSandbox()
    const answer = await call(method, path, body)
    expect(answer.status).toBe(status)
    expect(answer.json()).toMatchObject({ actionSucceed: false })
    expect(sandbox.ledger().total).toBe(0)
  })

  it('is one that does not call its body JSON', async () => {
    const { call } = await openSandbox()
    const headers = { 'content-type': 'text/plain' }
    expect((await call('POST', '/check-vat-number', '{}', headers)).status).toBe(415)
  })

  it('is one outside the base path', async () => {
    const { sandbox } = await openSandbox()
    expect((await fetch(`${sandbox.url}/check-status`)).status).toBe(404)
  })

  it('is a number that is not text, or badly encoded', async () => {
    const { call } = await openSandbox()
    const body = { countryCode: 'DE', vatNumber: 123456789 }
    expect((await call('POST', '/check-vat-number', body)).json()).toMatchObject({
      errorWrappers: [{ error: 'INVALID_INPUT' }],
    })
    expect((await call('GET', '/ms/DE/vat/%E0%A4%A')).json()).toMatchObject({
      userError: 'INVALID_INPUT',
    })
  })
})
