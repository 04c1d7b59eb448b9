import { createHttpClient } from '../../connectors/http.ts'
import type { Clock } from '../../world/clock.ts'
import type { Random } from '../../world/random.ts'
import { inColumns } from '../demo/judge.ts'
import { RemoteMistake, type Remote } from './remote.ts'
import { accountingCases } from './try-accounting.ts'
import { webshopCases } from './try-webshop.ts'
import { tryCase, type Case, type Verdict } from './verdict.ts'
import { vatTableFrom } from './vat-table-from.ts'

export interface ConformanceOptions {
  remotes: readonly Remote[]
  /** Whether marked documents may be made in real books. */
  write: boolean
  json: boolean
  /** Of which cases; null: of all. */
  only: string | null
  privateAllowed: readonly string[]
  env: Readonly<Record<string, string | undefined>>
}

/**
 * Whether a case is one of those that are wanted: `<suite>/<name>` or `<name>`, where the suite is a side or a
 * system and the name any part of the case's, in any case of letters.
 */
const isWanted = (only: string | null, { side, system }: Remote, [name]: Case): boolean => {
  if (only === null) return true
  const [, suite, part = ''] = /^(?:([^/]*)\/)?(.*)$/.exec(only) ?? []
  const isOfSuite = suite === undefined || suite === side || suite === system
  return isOfSuite && name.toLowerCase().includes(part.toLowerCase())
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
 * @throws RemoteMistake when no case has the name that is wanted
 */
export const conformance = async (
  { remotes, write, json, only, privateAllowed, env }: ConformanceOptions,
  { clock, random }: { clock: Clock; random: Random },
  say: (line: string) => void,
): Promise<number> => {
  const http = createHttpClient({ privateAllowed: ['127.0.0.0/8', ...privateAllowed] })
  const verdicts: Verdict[] = []
  try {
    for (const remote of remotes) {
      const { side, system, credentials, settings } = remote
      const session = { credentials, settings, http, clock } as never
      const mark = Buffer.from(random.bytes(5)).toString('hex').toUpperCase()
      const trial = { write, reference: `DVPROEF-${mark}`, vatTable: vatTableFrom(system, env) }
      const cases =
        side === 'webshop' ? webshopCases(system, session) : accountingCases(system, session, trial)
      for (const each of cases.filter((one) => isWanted(only, remote, one))) {
        verdicts.push(await tryCase(system, each))
      }
    }
  } finally {
    await http.close()
  }
  if (only !== null && verdicts.length === 0) {
    throw new RemoteMistake(`--only ${only}: no case of these systems has that name`)
  }
  const count = (is: Verdict['is']) => verdicts.filter((each) => each.is === is).length
  say(json ? JSON.stringify(verdicts, null, 2) : inTable(verdicts))
  if (!json) {
    say(`passed ${count('passed')} failed ${count('failed')} not run ${count('not run')}`)
  }
  return count('failed') === 0 ? 0 : 1
}
