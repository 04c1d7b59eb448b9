import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMagento2, type Magento2 } from '../../../sandbox/magento2/index.ts'
import { systemRandom } from '../../world/random.ts'
import { wallClock } from '../../world/clock.ts'
import { conformance } from './conformance.ts'
import { readRemote, readRemotes, variableOf } from './remote.ts'
import type { Verdict } from './verdict.ts'

let shop: Magento2
let env: Record<string, string>
beforeAll(async () => {
  shop = await startMagento2()
  shop.placeRandom(12)
  env = Object.fromEntries(
    Object.entries(shop.fourValues).map(([name, value]) => [variableOf('magento2', name), value]),
  )
})
afterAll(() => shop.close())

const run = async (address: string, given = env) => {
  const lines: string[] = []
  const remotes = readRemotes([`magento2=${address}`], given)
  const options = { remotes, write: false, json: true, only: null, privateAllowed: [], env: given }
  const code = await conformance(options, { clock: wallClock, random: systemRandom }, (line) =>
    lines.push(line),
  )
  return { code, verdicts: JSON.parse(lines.join('\n')) as Verdict[] }
}

describe('a connector against an installation that is not ours', () => {
  it('passes what needs reading only, writes nothing, and names what was not run', async () => {
    const { code, verdicts } = await run(shop.url)
    expect(code).toBe(0)
    expect(verdicts.filter(({ is }) => is === 'failed')).toEqual([])
    expect(verdicts.filter(({ is }) => is === 'passed')).toHaveLength(7)
    expect(verdicts.filter(({ is }) => is === 'not run')).toHaveLength(3)
    expect(Object.keys(shop.ledger().requests).every((each) => each.startsWith('GET '))).toBe(true)
  })

  it('fails with the reason when the keys are wrong', async () => {
    const name = variableOf('magento2', 'accessToken')
    const { code, verdicts } = await run(shop.url, { ...env, [name]: 'a'.repeat(32) })
    expect(code).toBe(1)
    expect(verdicts[0]).toMatchObject({
      is: 'failed',
      detail: expect.stringContaining('REFUSED') as string,
    })
  })
})

it.each([
  ['nonsense', 'the systems are kmoshops'],
  ['other=http://x.example', 'the systems are kmoshops'],
  ['magento2=ftp://x.example', 'no http or https address'],
  ['magento2=http://me:secret@x.example', 'no http or https address'],
  ['kmoshops=http://x.example', 'DOORVOER_REMOTE_KMOSHOPS_API_PUBLIC is missing'],
])('says in one line what is wrong with --remote %s', (text, wrong) => {
  expect(() => readRemote(text, env)).toThrow(wrong)
})

it('takes each system once', () => {
  const twice = ['magento2=http://a.example', 'magento2=http://b.example']
  expect(() => readRemotes(twice, env)).toThrow('given twice')
})
