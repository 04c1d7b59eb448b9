import type { World } from '../world.ts'
import type { Tabled } from './tables.ts'
import { found, Refused, type Result } from './statement.ts'
import { statementOf } from './statements.ts'

/** One connection to the database. */
export interface Session {
  name: string
  isOpen: boolean
  /** How often the server had been restarted when it was opened. */
  era: number
}

/** Another database that is asked the same, and has to answer the same. */
export interface Mirror {
  ask(name: string, sql: string, parameters: readonly unknown[], result: Result): Promise<void>
}

/** The database as one process for all: statements one by one, transactions one after the other. */
export interface Server {
  db: Tabled
  /** Runs as soon as no other session has a transaction open. */
  whenFree(session: Session, act: () => Promise<void>): Promise<void>
  /** @throws Refused as PostgreSQL would */
  execute(session: Session, sql: string, parameters: readonly unknown[]): Promise<Result>
  /** The connection is gone, and with it the transaction it may have open. */
  cut(session: Session): Promise<void>
  open(name: string): Session
  /** Whether a session is still good: not cut, and of this side of the last restart. */
  isGood(session: Session): boolean
  isDown(): boolean
  /** Every connection breaks; nobody can connect for a while. */
  restart(downMs: number): Promise<void>
}

const transactions: Readonly<Record<string, 'begin' | 'commit' | 'rollBack'>> = {
  begin: 'begin',
  commit: 'commit',
  rollback: 'rollBack',
}

/** The only statement that is not the engine's own: what pg-boss does in the transaction of a commit. */
const ringStatement = 'select simulated_ring($1)'

export const serverOn = (
  world: World,
  db: Tabled,
  { mirror, onRing }: { mirror: Mirror | null; onRing: (integrationId: string) => void },
): Server => {
  let owner: Session | null = null
  let waiting: { session: Session; act: () => Promise<void> }[] = []
  let rings: string[] = []
  let era = 0
  let downUntilMs = 0

  const letGo = async () => {
    owner = null
    const all = waiting
    waiting = []
    for (const each of all) await whenFree(each.session, each.act)
  }
  const whenFree: Server['whenFree'] = async (session, act) => {
    if (owner !== null && owner !== session) waiting.push({ session, act })
    else if (session.isOpen) await act()
  }

  const turnOver = async (session: Session, how: 'begin' | 'commit' | 'rollBack') => {
    if (how !== 'begin' && owner !== session) return
    db[how]()
    if (how === 'begin') {
      owner = session
      rings = []
      return
    }
    if (how === 'commit') for (const id of rings) onRing(id)
    rings = []
    await letGo()
  }

  const cut: Server['cut'] = async (session) => {
    session.isOpen = false
    waiting = waiting.filter((each) => each.session !== session)
    if (owner !== session) return
    await mirror?.ask('rollBack', 'rollback', [], found([]))
    await turnOver(session, 'rollBack')
  }
  const isGood = (session: Session) => session.isOpen && session.era === era

  return {
    db,
    cut,
    isGood,
    open: (name) => ({ name, isOpen: true, era }),
    isDown: () => world.nowMs() < downUntilMs,
    async restart(downMs) {
      era += 1
      downUntilMs = world.nowMs() + downMs
      if (owner !== null) await cut(owner)
    },
    whenFree,
    async execute(session, sql, parameters) {
      const turn = transactions[sql]
      if (turn !== undefined) {
        await mirror?.ask(turn, sql, parameters, found([]))
        await turnOver(session, turn)
        return found([])
      }
      if (sql === ringStatement) {
        rings.push(parameters[0] as string)
        return found([])
      }
      const statement = statementOf(sql)
      const result = statement.run(db, parameters)
      await mirror?.ask(statement.name, sql, parameters, result)
      world.log(`${session.name} ${statement.name} ${result.rows.length}/${result.affected}`)
      return result
    },
  }
}

/** The connection broke, or the server refused: what pg throws. */
export const databaseError = (code: string, message: string): Error =>
  Object.assign(new Error(message), { code, isSimulated: true })

export const isSimulatedError = (error: unknown): boolean => {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    if ('isSimulated' in each) return true
  }
  return false
}

export const isRefused = (error: unknown): error is Refused => error instanceof Refused
