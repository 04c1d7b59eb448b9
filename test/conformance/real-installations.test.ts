import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { conformance } from '../../src/commands/remote/conformance.ts'
import { readRemotes, variableOf } from '../../src/commands/remote/remote.ts'
import type { Verdict } from '../../src/commands/remote/verdict.ts'
import { accountings, webshops } from '../../src/connectors/registry.ts'
import { systemRandom } from '../../src/world/random.ts'
import { wallClock } from '../../src/world/clock.ts'
import { runProgram, type Program } from '../support/program.ts'

/**
 * Each connector against its system in a process of its own, as against a real installation: nothing is known of
 * it but an address and keys in the environment. Its limits are kept, too.
 */
interface Installation {
  /** Where the base URL that a merchant fills in lies below the sandbox's own. */
  path?: string
  /** The keys, by the names of the connector's fields. */
  keys: (root: string) => Promise<Record<string, string>>
}

const controlAt = async (root: string, path: string, body?: object): Promise<unknown> => {
  const sent = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const answer = await fetch(`${root}/_sandbox/${path}`, sent)
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

/** A shop with a dozen orders, and the keys it tells. */
const shopWith =
  (rename: (keys: Record<string, string>) => Record<string, string>) => async (root: string) => {
    await controlAt(root, 'orders/bulk', { count: 12 })
    return rename((await controlAt(root, 'credentials')) as Record<string, string>)
  }

const fourValues = ({
  consumerKey = '',
  consumerSecret = '',
  accessToken = '',
  accessTokenSecret = '',
}: Record<string, string>) => ({ consumerKey, consumerSecret, accessToken, accessTokenSecret })

const row = (percent: string, vatCode: string, revenue: string) => ({
  destination: 'NL',
  percent,
  vatCode,
  ledgers: { revenue },
})

const installations: Readonly<Record<string, Installation>> = {
  kmoshops: { keys: shopWith((keys) => keys) },
  seoshop: {
    keys: shopWith(({ key = '', secret = '' }) => ({
      ...{ apiKey: key, apiSecret: secret, language: 'nl' },
    })),
  },
  magento1: { path: '/admin', keys: shopWith(fourValues) },
  magento2: { keys: shopWith(fourValues) },
  factuursturen: {
    path: '/api/v1',
    keys: () => Promise.resolve({ userName: 'sandbox', apiKey: 'sandbox-key' }),
  },
  eenvoudigfactureren: {
    path: '/api/v1',
    keys: () => Promise.resolve({ apiKey: 'sandbox-key' }),
  },
  informer: {
    keys: () =>
      Promise.resolve({
        ...{ securityCode: '123456', apiKey: 'sandbox-key' },
        vatTable: JSON.stringify([row('21', '81001', '90010')]),
      }),
  },
  rompslomp: {
    path: '/api/v1',
    keys: () =>
      Promise.resolve({
        ...{ apiToken: 'sandbox-token', administration: '418223901' },
        vatTable: JSON.stringify([row('21', '300200101', '940011')]),
      }),
  },
}

it('every system of the registry is tried', () => {
  const ids = [...webshops, ...accountings].map(({ id }) => id)
  expect(Object.keys(installations).sort()).toEqual(ids.sort())
})

describe.each(Object.entries(installations))('%s', (system, { path = '', keys }) => {
  let sandbox: Program
  let remote: string
  let env: Record<string, string>
  beforeAll(async () => {
    sandbox = runProgram([system, '--port', '0'], { program: 'sandbox' })
    await sandbox.says('back office')
    const root = /http:\/\/[^ ]+/.exec(sandbox.said().stdout)?.[0] ?? ''
    remote = `${system}=${root}${path}`
    env = Object.fromEntries(
      Object.entries(await keys(root)).map(([name, value]) => [variableOf(system, name), value]),
    )
  }, 60_000)
  afterAll(async () => {
    sandbox.end('SIGKILL')
    await sandbox.ended
  })

  const run = async (change: { only?: string; write?: boolean } = {}) => {
    const said: string[] = []
    const { only = null, write = true } = change
    const remotes = readRemotes([remote], env)
    const code = await conformance(
      { remotes, write, json: true, only, privateAllowed: [], env },
      { clock: wallClock, random: systemRandom },
      (line) => said.push(line),
    )
    return { code, verdicts: JSON.parse(said.join('\n')) as Verdict[] }
  }

  it('passes everything that can be tried without its switches', async () => {
    const { code, verdicts } = await run()
    expect(verdicts.filter(({ is }) => is === 'failed')).toEqual([])
    expect(code).toBe(0)
    const isShop = webshops.some(({ id }) => id === system)
    expect(verdicts.filter(({ is }) => is === 'passed')).toHaveLength(isShop ? 7 : 5)
  })

  it('makes nothing in it without being told to', async () => {
    const { verdicts } = await run({ write: false })
    const made = verdicts.filter(({ case: name }) => name.includes('made and found again'))
    for (const { is } of made) expect(is).toBe('not run')
  })

  it('runs the one case that is asked for', async () => {
    const { verdicts } = await run({ only: `${system}/the DOCTOR` })
    expect(verdicts).toMatchObject([{ case: 'the doctor finds every right', is: 'passed' }])
    await expect(run({ only: 'elsewhere/the doctor' })).rejects.toThrow('no case')
    await expect(run({ only: 'no such case' })).rejects.toThrow('no case')
  })
})
