import { createHttpClient } from '../../connectors/http.ts'
import { readIntegrationSettings, vatTableOf } from '../../merchants/integration-settings.ts'
import type { Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'
import { inColumns } from '../demo/judge.ts'
import { RemoteMistake, variableOf, type Remote } from './remote.ts'
import { tryAccounting } from './try-accounting.ts'
import { tryWebshop } from './try-webshop.ts'
import type { Verdict } from './verdict.ts'

export interface ConformanceOptions {
  remotes: readonly Remote[]
  /** Whether marked documents may be made in real books. */
  write: boolean
  json: boolean
  privateAllowed: readonly string[]
  env: Readonly<Record<string, string | undefined>>
}

/** The VAT table of a system with codes, as JSON in the environment: what a merchant fills in. */
const vatTableFrom = (system: string, env: ConformanceOptions['env']) => {
  const name = variableOf(system, 'vatTable')
  const text = env[name]
  if (text === undefined || text === '') return []
  try {
    return vatTableOf(readIntegrationSettings({ vatTable: JSON.parse(text) as unknown }))
  } catch {
    throw new RemoteMistake(
      `${name} is no list of {"destination":"NL","percent":"21","vatCode":"…","ledgers":{…}}`,
    )
  }
}

const inTable = (verdicts: readonly Verdict[]): string =>
  inColumns([
    ['system', 'case', '', ''],
    ...verdicts.map(({ system, case: name, is, detail }) => [
      system,
      name,
      is.toUpperCase(),
      detail,
    ]),
  ])

/**
 * Runs connectors against real installations: what needs reading only, and with `write` one marked debtor and
 * invoice. What needs a sandbox's switches is named as not run.
 * @returns the exit code: 0 when nothing failed
 */
export const conformance = async (
  { remotes, write, json, privateAllowed, env }: ConformanceOptions,
  { clock, random }: { clock: Clock; random: Random },
  say: (line: string) => void,
): Promise<number> => {
  const http = createHttpClient({ privateAllowed: ['127.0.0.0/8', ...privateAllowed] })
  const verdicts: Verdict[] = []
  try {
    for (const { side, system, credentials, settings } of remotes) {
      const session = { credentials, settings, http, clock } as never
      const mark = Buffer.from(random.bytes(5)).toString('hex').toUpperCase()
      const trial = { write, reference: `DVPROEF-${mark}`, vatTable: vatTableFrom(system, env) }
      verdicts.push(
        ...(side === 'webshop'
          ? await tryWebshop(system, session)
          : await tryAccounting(system, session, trial)),
      )
    }
  } finally {
    await http.close()
  }
  const count = (is: Verdict['is']) => verdicts.filter((each) => each.is === is).length
  say(json ? JSON.stringify(verdicts, null, 2) : inTable(verdicts))
  if (!json) {
    say(`passed ${count('passed')} failed ${count('failed')} not run ${count('not run')}`)
  }
  return count('failed') === 0 ? 0 : 1
}
