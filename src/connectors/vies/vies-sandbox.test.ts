import { afterAll, beforeAll, beforeEach, describe, expect, it, test, vi } from 'vitest'
import { startVies, type ViesSandbox } from '../../../sandbox/vies/index.ts'
import { virtualClock } from '../../../test/support/virtual-clock.ts'
import { wallClock } from '../../world/clock.ts'
import { seededRandom } from '../../world/random.ts'
import { createHttpClient, type HttpRequest } from '../http.ts'
import { createVies, type ViesOptions, type ViesQuestion } from './vies.ts'

const http = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
let sandbox: ViesSandbox

beforeAll(async () => {
  sandbox = await startVies({})
})
afterAll(async () => {
  await http.close()
  await sandbox.close()
})
beforeEach(async () => {
  const reset = await fetch(`${sandbox.url}/_sandbox/reset`, { method: 'POST' })
  expect(reset.status).toBe(200)
})

const client = (changes: Partial<ViesOptions> = {}) =>
  createVies({
    http,
    clock: wallClock,
    random: seededRandom(1),
    baseUrl: sandbox.apiUrl,
    ...changes,
  })

const requester = { country: 'NL', number: '123456782B90' }
const asked = (number: string, country = 'DE'): ViesQuestion => ({ country, number, requester })

describe('the official test numbers (contracts/vat.md §1.3), over real HTTP', () => {
  const silent = (blame: string, code = 'VIES_NO_ANSWER') => ({
    is: 'silent',
    blame,
    reason: { code },
  })
  const table: [number: string, answer: object][] = [
    ['100', { is: 'valid', name: 'John Doe', address: '123 Main St, Anytown, UK' }],
    ['200', { is: 'invalid' }],
    ['201', { is: 'impossible' }],
    ['202', { ...silent('requester', 'VIES_REQUESTER_REFUSED'), requesterRefused: true }],
    ['300', silent('vies')],
    ['301', silent('state')],
    ['302', silent('state')],
    ['400', silent('requester', 'VIES_NUMBER_BLOCKED')],
    ['401', silent('blocked', 'VIES_BLOCKED')],
    ['500', silent('vies')],
    ['501', silent('vies')],
    ['600', silent('state')],
    ['601', silent('state')],
  ]

  test.each(table)('%s', async (number, answer) => {
    for (const errorStatus of [200, 400, 500] as const) {
      sandbox.switches.errorStatus = errorStatus
      expect(await client().check(asked(number))).toMatchObject(answer)
    }
  })

  it('any other number, when the test numbers are all there is', async () => {
    sandbox.switches.testNumbers = 'only'
    expect(await client().check(asked('123456789'))).toMatchObject(silent('vies'))
  })
})

describe('the sandbox of VIES', () => {
  it('gives the consultation number to a requester it knows', async () => {
    const answer = await client().check(asked('123456789'))
    const [check] = sandbox.ledger().checks
    expect(check?.requester).toBe('NL123456782B90')
    expect(answer).toMatchObject({
      is: 'valid',
      consultationNumber: check?.consultationNumber,
      name: null,
      requesterRefused: false,
    })
    expect(check?.consultationNumber).toMatch(/^WAPI/)
  })

  it('refuses a requester it does not, and is asked again without', async () => {
    sandbox.plantNumbers({ NL123456782B90: { valid: false } })
    expect(await client().check(asked('094259216', 'GR'))).toMatchObject({
      is: 'valid',
      consultationNumber: null,
      requesterRefused: true,
    })
    expect(sandbox.ledger().checks.map((each) => [each.number, each.requester])).toEqual([
      ['EL094259216', 'NL123456782B90'],
      ['EL094259216', ''],
    ])
  })

  test.each(['empty', 'html', 'xml-fault', 'truncated-json', 'wrong-types', 'huge'] as const)(
    'answers garbage, which is silence: %s',
    async (kind) => {
      const vies = client()
      for (const status of [200, 503]) {
        sandbox.setGarbage({ kind, status, bytes: 1_000_000 })
        expect(await vies.check(asked('123456789'))).toMatchObject({ is: 'silent' })
      }
      expect(await vies.check(asked('123456789'))).toMatchObject({ is: 'valid' })
    },
  )

  test.each(['reset-before', 'reset-after', 'truncated', 'bad-json', 'error-before'] as const)(
    'breaks the connection, which is silence: %s',
    async (fault) => {
      sandbox.faults.add({ fault })
      const vies = client()
      expect(await vies.check(asked('123456789'))).toMatchObject({ is: 'silent' })
      expect(await vies.check(asked('123456789'))).toMatchObject({ is: 'valid' })
    },
  )

  it('is too slow, which is silence within the time of a check', async () => {
    sandbox.setGarbage({ kind: 'slow', delayMs: 60_000 })
    const impatient = {
      send: (request: HttpRequest) => http.send({ ...request, budgetMs: 200 }),
    }
    expect(await client({ http: impatient }).check(asked('123456789'))).toMatchObject({
      is: 'silent',
      blame: 'network',
      reason: { params: { cause: 'time-out' } },
    })
  })

  it('is never asked more than twice at once per state', async () => {
    sandbox.changeStates({ '*': { answerMs: 20 } })
    const vies = client()
    const answers = await Promise.all(
      ['DE', 'AT'].flatMap((country) =>
        Array.from({ length: 10 }, (_, index) =>
          vies.check(asked(`${country === 'AT' ? 'U' : '1'}1000000${index}`, country)),
        ),
      ),
    )
    expect(new Set(answers.map(({ is }) => is))).toEqual(new Set(['valid']))
    expect(sandbox.ledger().mostAtOnce).toMatchObject({ DE: 2, AT: 2 })
    expect(sandbox.ledger().total).toBe(20)
  })

  it('calls valid numbers invalid while a state comes up; no merchant hears of it', async () => {
    const clock = virtualClock()
    const vies = client({ clock })
    sandbox.changeStates({ DE: 'Unavailable' })
    expect(await vies.check(asked('123456789'))).toMatchObject({ is: 'silent', blame: 'state' })
    sandbox.changeStates({ DE: 'Coming Up' })
    const pending = vies.check(asked('123456789'))
    await vi.waitUntil(() => clock.sleepers() === 1)
    await clock.advance(1_500)
    expect(await pending).toMatchObject({ is: 'valid' })
    expect(sandbox.ledger().checks.map(({ falseNegative }) => falseNegative)).toEqual([
      false,
      true,
      false,
    ])
  })

  it('is out of reach', async () => {
    const vies = client({ baseUrl: 'http://127.0.0.1:1' })
    expect(await vies.check(asked('123456789'))).toMatchObject({
      is: 'silent',
      blame: 'network',
      reason: { params: { cause: 'connection-refused' } },
    })
  })
})
