import { accountings } from '../../src/connectors/registry.ts'
import type { PartResult } from './part.ts'

/** What is promised of a connector, by how well its books can be searched for our reference. */
const promises = {
  unique: 'exactly once: the books refuse a second one',
  filter: 'exactly once: found by our reference',
  scan: 'exactly once while its list can be read; else at most once, and a person decides',
} as const

/** What a run comes to, as one object. */
export interface Report {
  commit: string
  ok: boolean
  seeds: number
  kills: number
  sales: number
  invoices: number
  lost: number
  doubled: number
  stuck: number
  longestRecoveryMs: number | null
  connectors: Readonly<Record<string, { searchableByReference: string; promise: string }>>
  parts: readonly PartResult[]
}

const longest = (parts: readonly PartResult[]): number | null => {
  const all = parts.flatMap(({ longestRecoveryMs }) => longestRecoveryMs ?? [])
  return all.length === 0 ? null : Math.max(...all)
}

const isSound = ({ lost, doubled, stuck, faults }: PartResult): boolean =>
  lost === 0 && doubled === 0 && stuck === 0 && faults.length === 0

export const reportOf = (commit: string, parts: readonly PartResult[]): Report => {
  const sum = (of: (part: PartResult) => number) =>
    parts.reduce((total, part) => total + of(part), 0)
  return {
    commit,
    ok: parts.every(isSound),
    seeds: sum((part) => part.seeds),
    kills: sum((part) => part.kills),
    sales: sum((part) => part.sales),
    invoices: sum((part) => part.invoices),
    lost: sum((part) => part.lost),
    doubled: sum((part) => part.doubled),
    stuck: sum((part) => part.stuck),
    longestRecoveryMs: longest(parts),
    connectors: Object.fromEntries(
      accountings.map(({ id, capabilities: { referenceSearch } }) => [
        id,
        { searchableByReference: referenceSearch, promise: promises[referenceSearch] },
      ]),
    ),
    parts,
  }
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

const linesOf = (part: PartResult): string[] => [
  `${part.part}: ${isSound(part) ? 'sound' : 'NOT SOUND'}, in ${seconds(part.tookMs)}`,
  ...part.figures.map((figure) => `  ${figure}`),
  ...part.faults.map((fault) => `  FAULT ${fault}`),
]

/** The same for a person. */
export const inWords = (report: Report): string => {
  const { commit, seeds, kills, sales, invoices, lost, doubled, stuck, longestRecoveryMs } = report
  return [
    ...report.parts.flatMap(linesOf),
    '',
    `commit ${commit}: ${seeds} seeds, ${kills} kills, ${sales} sales, ${invoices} invoices counted at the sandboxes`,
    `lost ${lost}, doubled ${doubled}, stuck ${stuck}` +
      (longestRecoveryMs === null ? '' : `, longest recovery ${seconds(longestRecoveryMs)}`),
    ...Object.entries(report.connectors).map(
      ([id, { searchableByReference, promise }]) => `${id} (${searchableByReference}): ${promise}`,
    ),
  ].join('\n')
}
