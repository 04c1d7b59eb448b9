import { readFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { garbageKinds } from './garbage.ts'
import { defaultSwitches } from './switches.ts'
import { exampleMoment, openSandbox, requester } from './test-client.ts'

const number = 'NL123456782B90'

describe('the ledger', () => {
  it('has every check and who asked it', async () => {
    const { call, control, get, post } = await openSandbox()
    await post(number, requester)
    await get('DE1.2')
    const body = { countryCode: 'BE', vatNumber: '302' }
    await call('POST', '/check-vat-test-service', body)
    await call('GET', '/check-status')
    const at = exampleMoment.toISOString()
    const rest = { consultationNumber: '', falseNegative: false, garbage: '' }
    expect((await control('GET', '/ledger')).json()).toEqual({
      checks: [
        {
          at,
          call: 'check-vat-number',
          number,
          requester: 'NL810433941B01',
          verdict: 'VALID',
          ...rest,
          consultationNumber: expect.stringMatching(/^WAPI/) as string,
        },
        { at, call: 'ms', number: 'DE1.2', requester: '', verdict: 'INVALID_INPUT', ...rest },
        {
          at,
          call: 'check-vat-test-service',
          number: 'BE302',
          requester: '',
          verdict: 'TIMEOUT',
          ...rest,
        },
      ],
      total: 3,
      statusCalls: 1,
      mostAtOnce: { NL: 1 },
    })
  })

  it('has the same consultation numbers for the same seed', async () => {
    const drawn = async (seed: number): Promise<string | undefined> => {
      const { post, sandbox } = await openSandbox({ seed })
      await post(number, requester)
      return sandbox.ledger().checks[0]?.consultationNumber
    }
    expect(await drawn(7)).toBe(await drawn(7))
    expect(await drawn(7)).not.toBe(await drawn(8))
  })
})

describe('planting numbers', () => {
  it('adds, changes and takes away', async () => {
    const { control, verdict } = await openSandbox()
    const planted = { valid: false, name: 'ACME', address: 'DAM 1' }
    const answer = await control('PUT', '/numbers', { [number]: planted, DE123456789: {} })
    expect(answer.json()).toEqual({ [number]: planted, DE123456789: {} })
    expect(await verdict(number)).toBe('INVALID')
    await control('PUT', '/numbers', { [number]: null })
    expect(await verdict(number)).toBe('VALID')
    expect((await control('GET', '/numbers')).json()).toEqual({ DE123456789: {} })
  })

  it.each([
    [{ GR123456789: {} }, 'GR123456789 does not start with a country code of VIES'],
    [{ [number]: { valid: 'yes' } }, `${number}.valid must be true or false`],
    [{ [number]: { colour: 'red' } }, `${number} has no colour`],
    [{ [number]: { error: 'VALID' } }, `${number}.error must be a failure code`],
    [{ [number]: true }, `${number} must be an object`],
    [[number], 'send an object of numbers'],
  ])('refuses %j and takes nothing in', async (change, message) => {
    const { control, sandbox } = await openSandbox()
    const body = Array.isArray(change) ? change : { DE123456789: {}, ...(change as object) }
    const answer = await control('PUT', '/numbers', body)
    expect([answer.status, sandbox.numbers()]).toEqual([400, {}])
    expect(answer.text).toMatch(message)
  })
})

describe('changing states', () => {
  it('takes a mode, or parts, of one or all', async () => {
    const { control } = await openSandbox()
    const change = { '*': { answerMs: 5 }, DE: 'Unavailable', NL: { discloses: false } }
    const states = (await control('PUT', '/states', change)).json() as Record<string, unknown>
    const usual = { concurrentMax: 10, answerMs: 5, compares: true }
    expect(states['NL']).toEqual({ mode: 'Available', ...usual, discloses: false })
    expect(states['DE']).toEqual({
      mode: 'Unavailable',
      ...usual,
      discloses: false,
      compares: false,
    })
    expect((await control('GET', '/states')).json()).toEqual(states)
  })

  it.each([
    [{ GR: 'Unavailable' }, 'no member state GR; there are: '],
    [{ DE: 'sleepy' }, 'the mode of DE must be one of Available, Unavailable'],
    [{ DE: 'VALID' }, 'the mode of DE must be'],
    [{ DE: { answerMs: 1.5 } }, 'DE.answerMs must be a whole number'],
    [{ DE: { colour: 'red' } }, 'DE has no colour'],
    [{ DE: null }, 'DE must be an object'],
    ['DE', 'send an object of member states'],
  ])('refuses %j and takes nothing in', async (change, message) => {
    const { control, sandbox } = await openSandbox()
    const body =
      typeof change === 'string' ? JSON.stringify(change) : { FR: 'Unavailable', ...change }
    const answer = await control('PUT', '/states', body)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(message)
    expect(sandbox.states()['FR']?.mode).toBe('Available')
  })
})

describe('switches', () => {
  it('can be read and changed', async () => {
    const { control, sandbox } = await openSandbox()
    await control('PUT', '/switches', { errorStatus: 500, unlisted: 'invalid' })
    expect(sandbox.switches).toEqual({
      ...defaultSwitches,
      errorStatus: 500,
      unlisted: 'invalid',
    })
    expect((await control('GET', '/switches')).json()).toEqual(sandbox.switches)
  })

  it.each([
    [{ colour: 'red' }, 'no switch colour; there are: errorStatus'],
    [{ errorStatus: 404 }, 'errorStatus must be one of: 200, 400, 500'],
    [{ vowAvailable: 'no' }, 'vowAvailable must be true or false'],
    [{ comingUpChecks: -1 }, 'comingUpChecks must be a whole number'],
    [[], 'send an object of switches'],
  ])('refuse %j', async (change, message) => {
    const { control, sandbox } = await openSandbox()
    const answer = await control('PUT', '/switches', change)
    expect(answer.status).toBe(400)
    expect(answer.text).toMatch(message)
    expect(sandbox.switches).toEqual(defaultSwitches)
  })
})

it('resets to how it started', async () => {
  const { control, post, sandbox } = await openSandbox({ switches: { errorStatus: 400 } })
  await post(number, requester)
  const [first] = sandbox.ledger().checks
  sandbox.switches.errorStatus = 500
  sandbox.plantNumbers({ [number]: { valid: false } })
  sandbox.changeStates({ '*': 'Unavailable' })
  sandbox.setGarbage({ kind: 'html', times: 0 })
  await control('POST', '/reset')
  expect(sandbox.ledger()).toEqual({ checks: [], total: 0, statusCalls: 0, mostAtOnce: {} })
  expect([sandbox.numbers(), sandbox.garbage()]).toEqual([{}, []])
  expect(sandbox.switches.errorStatus).toBe(400)
  await post(number, requester)
  expect(sandbox.ledger().checks).toEqual([first])
})

it('closes at once and calls off the check under way', async () => {
  const { post, sandbox } = await openSandbox()
  sandbox.changeStates({ NL: { answerMs: 600 } })
  const lost = expect(post(number)).rejects.toThrow()
  await vi.waitFor(() => expect(sandbox.ledger().total).toBe(1))
  await sandbox.close()
  await lost
  await new Promise((resolve) => setTimeout(resolve, 700))
  expect(sandbox.ledger().checks).toMatchObject([{ verdict: 'PENDING' }])
})

it('has a back office to look at', async () => {
  const { control, post, sandbox } = await openSandbox()
  sandbox.plantNumbers({ [number]: { name: '<Acme>' } })
  sandbox.setGarbage({ kind: 'html', times: 0, path: 'nothing' })
  await post(number, requester)
  const { text } = await control('GET', '/')
  expect(text).toMatch('NL810433941B01')
  expect(text).toMatch('&lt;Acme&gt;')
  expect(text).not.toMatch('<Acme>')
})

it('has every switch, its default and every kind of garbage in the README', async () => {
  const readme = await readFile(new URL('README.md', import.meta.url), 'utf8')
  for (const [name, value] of Object.entries(defaultSwitches)) {
    expect(readme).toMatch(new RegExp(`\\| \`${name}\` +\\| \`${String(value)}\` +\\|`))
  }
  for (const kind of garbageKinds) expect(readme).toMatch(new RegExp(`\\| \`${kind}\` +\\|`))
})
