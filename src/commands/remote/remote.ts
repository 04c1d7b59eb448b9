import { accountings, webshops } from '../../connectors/registry.ts'
import { schemaOf, type Field, type Fields } from '../../connectors/settings.ts'
import type { Side } from '../../database/schema.ts'

/** A real installation that stands in for a sandbox: `<system>=<base URL>`, the rest from the environment. */
export interface Remote {
  side: Side
  system: string
  credentials: Record<string, unknown>
  settings: Record<string, unknown>
}

/** The base URL among the credentials. */
export const addressIn = (credentials: Record<string, unknown>): string =>
  Object.values(credentials).find(
    (value): value is string => typeof value === 'string' && /^https?:/.test(value),
  ) ?? ''

/** What is wrong with `--remote`, in one line for whoever typed it. */
export class RemoteMistake extends Error {
  readonly lines: readonly string[]
  constructor(line: string) {
    super(line)
    this.name = 'RemoteMistake'
    this.lines = [line]
  }
}

type Environment = Readonly<Record<string, string | undefined>>

/** DOORVOER_REMOTE_MAGENTO2_CONSUMER_KEY for the field consumerKey of magento2. */
export const variableOf = (system: string, field: string): string =>
  `DOORVOER_REMOTE_${system.toUpperCase()}_${field.replace(/([A-Z])/g, '_$1').toUpperCase()}`

/** A text of the environment as the kind of value its field holds. */
const valueOf = (field: Field, text: string): unknown => {
  switch (field.kind) {
    case 'number':
      return Number(text)
    case 'switch':
      return text === 'true'
    case 'choices':
      return text.split(',').filter((each) => each !== '')
    case 'text':
    case 'secret':
    case 'url':
    case 'date':
    case 'choice':
      return text
  }
}

const fromEnvironment = (fields: Fields, system: string, env: Environment) =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const text = env[variableOf(system, name)]
      return text === undefined || text === '' ? [] : [[name, valueOf(field, text)]]
    }),
  )

const parsed = (fields: Fields, system: string, given: Record<string, unknown>) => {
  const read = schemaOf(fields).safeParse(given)
  if (read.success) return read.data
  const name = read.error.issues[0]?.path.map(String).join('.') ?? ''
  const missing = !(name in given)
  throw new RemoteMistake(
    `--remote ${system}: ${variableOf(system, name)} is ${missing ? 'missing' : 'not what the field takes'}`,
  )
}

const systems = [
  ...webshops.map((connector) => ({ side: 'webshop' as const, connector })),
  ...accountings.map((connector) => ({ side: 'accounting' as const, connector })),
]

/**
 * Reads one `--remote`. The base URL goes into the first field that is an address: what the merchant would fill
 * in there.
 * @throws RemoteMistake
 */
export const readRemote = (text: string, env: Environment): Remote => {
  const [, system = '', address = ''] = /^([^=]*)=(.*)$/.exec(text) ?? []
  const found = systems.find(({ connector }) => connector.id === system)
  if (found === undefined) {
    const known = systems.map(({ connector }) => connector.id).join(', ')
    throw new RemoteMistake(`--remote takes <system>=<base URL>; the systems are ${known}`)
  }
  const { side, connector } = found
  const url = URL.parse(address)
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '') {
    throw new RemoteMistake(`--remote ${system}: "${address}" is no http or https address`)
  }
  const addressField = Object.entries(connector.credentials).find(([, { kind }]) => kind === 'url')
  if (addressField === undefined) throw new Error(`${system} has no field for an address`)
  const given = {
    ...fromEnvironment(connector.credentials, system, env),
    [addressField[0]]: address,
  }
  return {
    side,
    system,
    credentials: parsed(connector.credentials, system, given),
    settings: parsed(connector.settings, system, fromEnvironment(connector.settings, system, env)),
  }
}

/** Every `--remote` of a command line; at most one per system. @throws RemoteMistake */
export const readRemotes = (texts: readonly string[], env: Environment): Remote[] => {
  const remotes = texts.map((text) => readRemote(text, env))
  const twice = remotes.find(
    ({ system }, index) => remotes.findIndex((other) => other.system === system) !== index,
  )
  if (twice !== undefined) throw new RemoteMistake(`--remote ${twice.system} is given twice`)
  return remotes
}
