import {
  CamelCasePlugin,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
} from 'kysely'
import type { Database } from '../../../../src/database/connect.ts'
import type { Tables } from '../../../../src/database/schema.ts'
import type { Life } from '../life.ts'
import type { Swarm } from '../swarm.ts'
import type { World } from '../world.ts'
import { databaseError, isRefused, type Server, type Session } from './server.ts'
import type { Result } from './statement.ts'

interface Connection extends DatabaseConnection {
  session: Session
  ask(sql: string, parameters: readonly unknown[]): Promise<Result>
}

/**
 * The engine's own Kysely on the simulated database: every statement takes its time there and back, may get
 * lost on the way, and has no effect on a process that is dead when the answer comes.
 */
export const databaseFor = (world: World, server: Server, life: Life, swarm: Swarm): Database => {
  const { chance } = world
  const delayMs = () => chance.between(0.2, swarm.databaseMs)
  let sessions = 0

  const ask = (session: Session, sql: string, parameters: readonly unknown[]): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (!session.isOpen) {
        life.deliver(delayMs(), () => reject(databaseError('08003', 'the connection is gone')))
        return
      }
      const fault = swarm.statementFault(sql)
      const refuse = (code: string, message: string) =>
        life.deliver(delayMs(), () => reject(databaseError(code, message)))
      const arrive = async () => {
        if (fault === 'lost before' || server.isDown() || !server.isGood(session)) {
          await server.cut(session)
          refuse('57P01', 'terminating connection')
          return
        }
        if (fault === 'undone') {
          refuse('40P01', 'deadlock detected')
          return
        }
        try {
          const result = await server.execute(session, sql, parameters)
          if (fault === 'lost after') {
            await server.cut(session)
            refuse('57P01', 'terminating connection')
          } else life.deliver(delayMs(), () => resolve(result))
        } catch (error) {
          if (!isRefused(error)) throw error
          life.deliver(delayMs(), () => reject(error))
        }
      }
      world.after(delayMs(), () => server.whenFree(session, arrive))
    })

  const open = (): Connection => {
    sessions += 1
    const session = server.open(`${life.name}.${sessions}`)
    // A dead process's statements that are on their way arrive all the same, or not.
    life.begin(() => {
      world.after(chance.happens(0.5) ? 0 : chance.between(0, 5), () => server.cut(session))
    })
    return {
      session,
      ask: (sql, parameters) => ask(session, sql, parameters),
      async executeQuery<R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) {
        const { rows, affected } = await ask(session, sql, parameters)
        const result: QueryResult<R> = {
          rows: rows as R[],
          numAffectedRows: BigInt(affected),
        }
        return result
      },
      streamQuery() {
        throw new Error('nothing is streamed')
      },
    }
  }

  const idle: Connection[] = []
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection() {
      // As the pool does: a connection that broke while nobody used it is replaced.
      for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
        if (server.isGood(kept.session)) return Promise.resolve(kept)
      }
      return Promise.resolve(open())
    },
    async beginTransaction(connection) {
      await (connection as Connection).ask('begin', [])
    },
    async commitTransaction(connection) {
      await (connection as Connection).ask('commit', [])
    },
    async rollbackTransaction(connection) {
      await (connection as Connection).ask('rollback', []).catch(() => undefined)
    },
    releaseConnection(connection) {
      const { session } = connection as Connection
      if (session.isOpen) idle.push(connection as Connection)
      return Promise.resolve()
    },
    destroy: () => Promise.resolve(),
  }
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => driver,
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
