import { bookingStatements } from './booking-statements.ts'
import { connectionStatements } from './connection-statements.ts'
import { indexStatements } from './index-statements.ts'
import { mailboxStatements } from './mailbox-statements.ts'
import { moveStatement } from './move-statement.ts'
import { seeStatement } from './see-statement.ts'
import type { Statement } from './statement.ts'

const statements: readonly Statement[] = [
  ...mailboxStatements,
  ...bookingStatements,
  ...indexStatements,
  ...connectionStatements,
  moveStatement,
  seeStatement,
]

const known = new Map<string, Statement>()

/** Without comments, and with single spaces. */
const plain = (text: string): string =>
  text
    .replaceAll(/--[^\n]*/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\( /g, '( ')
    .trim()

/** What a statement does. @throws Error when it is described by none, or by several */
export const statementOf = (text: string): Statement => {
  const kept = known.get(text)
  if (kept !== undefined) return kept
  const short = plain(text)
  const fitting = statements.filter(
    ({ like, unlike = [] }) =>
      like.every((words) => short.includes(words)) &&
      !unlike.some((words) => short.includes(words)),
  )
  const [statement, ...others] = fitting
  if (statement === undefined || others.length > 0) {
    const names = fitting.map(({ name }) => name).join(', ')
    throw new Error(
      `the simulation knows ${names === '' ? 'no' : `several (${names})`} statement like this: ` +
        `describe it in test/prove/simulate/store\n${short}`,
    )
  }
  known.set(text, statement)
  return statement
}
