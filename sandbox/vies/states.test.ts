import { describe, expect, it, vi } from 'vitest'
import { openSandbox } from './test-client.ts'

interface Status {
  vow: { available: boolean }
  countries: { countryCode: string; availability: string }[]
}

const german = 'DE123456789'

describe('check-status', () => {
  it('lists the 28 states of the contract', async () => {
    const { call } = await openSandbox()
    const answer = await call('GET', '/check-status')
    const codes =
      'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI'
    expect(answer.status).toBe(200)
    expect(answer.json()).toEqual({
      vow: { available: true },
      countries: codes
        .split(' ')
        .map((countryCode) => ({ countryCode, availability: 'Available' })),
    })
  })

  it('tells only part of how states are doing', async () => {
    const { call, sandbox, verdict } = await openSandbox()
    sandbox.changeStates({
      DE: 'Unavailable',
      FR: 'Monitoring Disabled',
      NL: 'MS_UNAVAILABLE',
      BE: 'Coming Up',
    })
    const { countries } = (await call('GET', '/check-status')).json() as Status
    const shown = countries.filter(({ countryCode }) => /DE|FR|NL|BE/.test(countryCode))
    expect(shown.map(({ availability }) => availability)).toEqual([
      'Available',
      'Unavailable',
      'Monitoring Disabled',
      'Available',
    ])
    // Green and failing all the same; unknown and answering.
    expect(await verdict('NL123456782B90')).toBe('MS_UNAVAILABLE')
    expect(await verdict('FR12345678901')).toBe('VALID')
    expect(await verdict(german)).toBe('MS_UNAVAILABLE')
  })

  it('tells that VIES itself is down', async () => {
    const { call, verdict } = await openSandbox({ switches: { vowAvailable: false } })
    expect((await call('GET', '/check-status')).json()).toMatchObject({ vow: { available: false } })
    expect(await verdict(german)).toBe('SERVICE_UNAVAILABLE')
    expect(await verdict('NL100', 'get')).toBe('SERVICE_UNAVAILABLE')
  })
})

describe('a state coming up', () => {
  it('calls a valid number invalid once, in the ledger too', async () => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.changeStates({ DE: 'Coming Up' })
    const verdicts = [await verdict(german), await verdict(german, 'get')]
    expect(verdicts).toEqual(['INVALID', 'VALID'])
    expect(sandbox.ledger().checks).toMatchObject([
      { verdict: 'INVALID', falseNegative: true },
      { verdict: 'VALID', falseNegative: false },
    ])
    expect(sandbox.states()['DE']?.mode).toBe('Available')
  })

  it('does so as often as a switch says', async () => {
    const { sandbox, verdict } = await openSandbox({ switches: { comingUpChecks: 2 } })
    sandbox.plantNumbers({ DE999999999: { valid: false } })
    sandbox.changeStates({ DE: 'Coming Up' })
    const verdicts = [await verdict('DE999999999'), await verdict(german), await verdict(german)]
    expect(verdicts).toEqual(['INVALID', 'INVALID', 'VALID'])
    expect(sandbox.ledger().checks.map((check) => check.falseNegative)).toEqual([
      false,
      true,
      false,
    ])
  })

  it('does so until told otherwise', async () => {
    const { sandbox, verdict } = await openSandbox({ switches: { comingUpChecks: 0 } })
    sandbox.changeStates({ DE: 'Coming Up' })
    for (let index = 0; index < 5; index += 1) expect(await verdict(german)).toBe('INVALID')
    sandbox.changeStates({ DE: 'Available' })
    expect(await verdict(german)).toBe('VALID')
  })
})

describe('checks at once', () => {
  it('above the limit of a state give MS_MAX_CONCURRENT_REQ', async () => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.changeStates({ DE: { concurrentMax: 2, answerMs: 500 } })
    const verdicts = await Promise.all([
      verdict(german),
      verdict(german),
      verdict(german, 'get'),
      verdict('FR12345678901'),
    ])
    expect(verdicts.toSorted()).toEqual(['MS_MAX_CONCURRENT_REQ', 'VALID', 'VALID', 'VALID'])
    expect(verdicts[3]).toBe('VALID')
    expect(sandbox.ledger().mostAtOnce).toEqual({ DE: 3, FR: 1 })
    expect(await verdict(german)).toBe('VALID')
  })

  it('above the limit of all give GLOBAL_MAX_CONCURRENT_REQ', async () => {
    const { sandbox, verdict } = await openSandbox({ switches: { globalConcurrentMax: 1 } })
    sandbox.changeStates({ '*': { answerMs: 500 } })
    const verdicts = await Promise.all([verdict(german), verdict('FR12345678901')])
    expect(verdicts.toSorted()).toEqual(['GLOBAL_MAX_CONCURRENT_REQ', 'VALID'])
  })

  it('are counted but let through with limits off', async () => {
    const { sandbox, verdict } = await openSandbox({ limits: 'off' })
    sandbox.changeStates({ DE: { concurrentMax: 1, answerMs: 500 } })
    expect(await Promise.all([verdict(german), verdict(german)])).toEqual(['VALID', 'VALID'])
    expect(sandbox.ledger().mostAtOnce).toEqual({ DE: 2 })
  })

  it('stay refused by a state that takes none', async () => {
    const { sandbox, verdict } = await openSandbox()
    sandbox.changeStates({ DE: { concurrentMax: 0 } })
    expect(await verdict(german)).toBe('MS_MAX_CONCURRENT_REQ')
  })

  it('that outlive a reset do not count after it', async () => {
    const { control, sandbox, verdict } = await openSandbox()
    const slow = { DE: { concurrentMax: 1, answerMs: 500 } }
    sandbox.changeStates(slow)
    const old = verdict(german)
    // The ledger has it as soon as it is with the state.
    await vi.waitFor(() => expect(sandbox.ledger().total).toBe(1))
    expect(sandbox.ledger().checks).toMatchObject([{ verdict: 'PENDING' }])
    await control('POST', '/reset')
    sandbox.changeStates(slow)
    expect(await verdict(german)).toBe('VALID')
    expect(await old).toBe('VALID')
    expect(sandbox.ledger()).toMatchObject({ total: 1, mostAtOnce: { DE: 1 } })
  })
})
