import type { Mutation } from '../test/security/mutations/mutation.ts'

/** What became of a guard that was taken away. */
export interface Shown {
  mutation: Mutation
  /** The full name of the test that failed; null when nobody noticed. */
  by: string | null
}

/** Which run it was. */
export interface Run {
  /** The commit, with a plus when something was not committed. */
  commit: string
  /** YYYY-MM-DD */
  day: string
}

const codeMax = 64
const columns = ['case', 'guard', 'taken away', 'test that failed', 'seen at']

const cut = (text: string): string => (text.length > codeMax ? `${text.slice(0, codeMax)}…` : text)

/** A piece of a program as one short span of code in a cell. */
const code = (text: string): string => {
  const line = cut(text.replace(/\s+/g, ' ').trim()).replaceAll('|', String.raw`\|`)
  return line === '' ? 'nothing' : line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``
}

const plain = (text: string): string =>
  text.replace(/[\\|*_<>`[\]]/g, (mark) => `\\${mark}`).replace(/\s+/g, ' ')

/** The first three cells: which mutation it is, whatever became of it. */
const keyOf = ({ against, file, edits }: Mutation): string => {
  const taken = edits.map(([from, to]) => `${code(from)} → ${code(to)}`).join('; ')
  return `${plain(against)} | \`${file}\` | ${taken}`
}

const outcomeOf = ({ mutation, by }: Shown, { commit, day }: Run): string =>
  `\`${mutation.test}\`: ${by === null ? '**nobody noticed**' : plain(by)} | ${commit}, ${day}`

/** A key whatever prettier made of its spaces and marks. */
const bare = (key: string): string => key.replace(/[\s\\`]/g, '')

/** Rows of a page written before, by their key; prettier pads their cells. */
const rowsOf = (page: string): Map<string, string> =>
  new Map(
    page
      .split('\n')
      .filter((line) => line.startsWith('| ') && line.includes('`'))
      .map((line) => {
        const cells = line
          .split(/(?<!\\)\|/)
          .slice(1, -1)
          .map((cell) => cell.trim())
        return [bare(cells.slice(0, 3).join('|')), cells.slice(3).join(' | ')] as const
      }),
  )

/**
 * The page that says of every guard which test fails without it. What this run did not try keeps what was seen
 * of it before; a guard that was changed since has lost that.
 */
export const mutationPage = (
  before: string,
  all: readonly Mutation[],
  shown: readonly Shown[],
  run: Run,
): string => {
  const known = rowsOf(before)
  const now = new Map(shown.map((each) => [keyOf(each.mutation), outcomeOf(each, run)]))
  const rows = all.map((mutation) => {
    const key = keyOf(mutation)
    return `| ${key} | ${now.get(key) ?? known.get(bare(key)) ?? '– | not yet'} |`
  })
  return `<!-- Written by \`npm run prove:security -- --write\`; do not edit. -->

# Guards taken away

\`npm run prove:security\` takes each of these ${all.length} guards away, one at a time and in a copy, and the test
beside it must fail; then all of those tests must pass with every guard in its place. What each guard is for stands
in the [threat model](threat-model.md).

| ${columns.join(' | ')} |
| ${columns.map(() => '---').join(' | ')} |
${rows.join('\n')}
`
}
