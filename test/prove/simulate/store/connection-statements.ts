import type { Side } from '../../../../src/database/schema.ts'
import { found, wrote, type Result, type Statement } from './statement.ts'
import type { Rows, Tabled } from './tables.ts'

type Connection = Rows['connections']

const changeConnection = (
  db: Tabled,
  [integrationId, side]: readonly [string, Side],
  change: Partial<Connection>,
  sealed?: string,
): Result => {
  const connections = db.table('connections')
  const row = connections.get(`${integrationId} ${side}`)
  if (row === undefined || (sealed !== undefined && row.credentials !== sealed)) return wrote(0)
  connections.put({ ...row, ...change })
  return wrote(1)
}

const json = (text: unknown) => (text === null ? null : (JSON.parse(text as string) as never))

const setDot = (params: readonly unknown[]): Partial<Connection> => {
  const [dot, problemCode, problemParams, checkedAt] = params as [
    Connection['dot'],
    string | null,
    unknown,
    Date,
  ]
  return { dot, problemCode, problemParams: json(problemParams), checkedAt }
}

const isDead = (aliveAt: Date | null, longAgo: Date, tooFar: Date): boolean =>
  aliveAt === null || aliveAt <= longAgo || aliveAt > tooFar

/** What a poll changes about its own row, one column at a time. */
const pollStatement = (column: string, field: keyof Rows['polls']): Statement => ({
  name: `poll: ${column}`,
  like: [`update "polls" set "${column}" = $1 where`],
  run(db, params) {
    const [value, integrationId, startedAt] = params as [never, string, Date]
    const polls = db.table('polls')
    const row = polls.get(integrationId)
    if (row?.startedAt?.getTime() !== startedAt.getTime()) return wrote(0)
    polls.put({ ...row, [field]: value })
    return wrote(1)
  },
})

export const connectionStatements: readonly Statement[] = [
  {
    name: 'an integration',
    like: ['from remote_pauses p', 'from "integrations" where "id" = $1'],
    run(db, params) {
      const row = db.table('integrations').get(params[0] as string)
      return found(row === undefined ? [] : [{ ...row, paused: [] }])
    },
  },
  {
    name: 'other integrations of the merchant in the same books',
    like: ['from "integrations" as "own" inner join "integrations" as "neighbour"'],
    run(db, params) {
      const [side, id] = params as [Side, string]
      const own = db.table('integrations').get(id)
      const neighbours = [...db.table('integrations').all()].filter(
        (each) =>
          each.merchantId === own?.merchantId &&
          each.accounting === own.accounting &&
          each.id !== id,
      )
      const connections = db.table('connections')
      return found(neighbours.flatMap((each) => connections.get(`${each.id} ${side}`) ?? []))
    },
  },
  {
    name: 'integrations that book',
    like: ['select "id" from "integrations" where "state" = $1'],
    run(db) {
      const all = [...db.table('integrations').all()].filter(({ state }) => state === 'active')
      return found(all.map(({ id }) => ({ id })))
    },
  },
  {
    name: 'a connection',
    like: ['select * from "connections" where "integration_id" = $1 and "side" = $2'],
    run(db, params) {
      const [id, side] = params as [string, Side]
      return found([db.table('connections').get(`${id} ${side}`) ?? []].flat())
    },
  },
  {
    name: 'both connections',
    like: ['select * from "connections" where "integration_id" = $1'],
    unlike: ['"side" ='],
    run: (db, params) => found(db.table('connections').of(params[0] as string)),
  },
  {
    name: 'red ends',
    like: ['select "side" from "connections"', '"dot" = $2'],
    run(db, params) {
      const [id, dot] = params as [string, string]
      const red = db
        .table('connections')
        .of(id)
        .filter((row) => row.dot === dot)
      return found(red.map(({ side }) => ({ side })))
    },
  },
  {
    name: 'set a dot, whatever the credentials',
    like: ['update "connections" set "dot" = $1', '"checked_at" = $4 where "integration_id" = $5'],
    run: (db, params) =>
      changeConnection(db, params.slice(4) as unknown as [string, Side], setDot(params)),
  },
  {
    name: 'set a dot',
    like: ['update "connections" set "dot" = $1', '"checked_at" = $4 where "credentials" = $5'],
    run: (db, params) =>
      changeConnection(
        db,
        params.slice(5) as unknown as [string, Side],
        setDot(params),
        params[4] as string,
      ),
  },
  {
    name: 'keep the choices',
    like: ['update "connections" set "choices" = $1 where'],
    run: (db, params) =>
      changeConnection(db, params.slice(1) as unknown as [string, Side], {
        choices: JSON.parse(params[0] as string) as Connection['choices'],
      }),
  },
  {
    name: 'begin a poll',
    like: ['update polls set started_at = $1'],
    run(db, params) {
      const [now, , id, longAgo, tooFar] = params as [Date, Date, string, Date, Date]
      const row = db.table('polls').get(id)
      if (row === undefined) return wrote(0)
      const mayBegin =
        row.startedAt === null || row.finishedAt !== null || isDead(row.aliveAt, longAgo, tooFar)
      if (!mayBegin) return wrote(0)
      db.table('polls').put({ ...row, startedAt: now, aliveAt: now, finishedAt: null })
      return wrote(1, [{ cursor: row.cursor }])
    },
  },
  pollStatement('cursor', 'cursor'),
  pollStatement('alive_at', 'aliveAt'),
  pollStatement('finished_at', 'finishedAt'),
  {
    name: 'polls whose worker died',
    like: ['select p.integration_id from polls p join integrations'],
    run(db, params) {
      const [longAgo, tooFar] = params as [Date, Date]
      const left = [...db.table('polls').all()].filter(
        ({ integrationId, startedAt, finishedAt, aliveAt }) =>
          db.table('integrations').get(integrationId)?.state === 'active' &&
          startedAt !== null &&
          finishedAt === null &&
          !db
            .table('connections')
            .of(integrationId)
            .some(({ dot }) => dot === 'red') &&
          isDead(aliveAt, longAgo, tooFar),
      )
      return found(left.map(({ integrationId }) => ({ integrationId })))
    },
  },
]
