import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { asJson, errorAnswer, Refusal, type ApiAnswer } from './answer.ts'
import { type Caller, type Keys } from './keys.ts'
import { type Limits } from './limits.ts'
import { type World } from './world.ts'

/** A call that passed authentication, limits and permissions. */
export interface ApiCall {
  caller: Caller
  query: URLSearchParams
  /** The numbers in the path, in their order. */
  ids: number[]
  /** The object in the envelope of a body; {} when there is none. */
  value: Record<string, unknown>
}

export type Group = 'content' | 'products' | 'customers' | 'orders' | 'settings' | 'tracking'

/** One path, with `:id` for a number; null guards nothing. */
export interface Route {
  guard: () => Group | null
  /** The word that the switch `deniedResources` knows it by. */
  resource: string
  /** Sub-resources of an order are sometimes missing for a moment (section 3). */
  isOrderPart?: true
  methods: Partial<Record<string, (call: ApiCall) => ApiAnswer>>
}
export type Routes = Record<string, Route>

export interface Api {
  handle(request: SandboxRequest): SandboxAnswer
  /** Requests that were let in, by method and resource. */
  requests(): Record<string, number>
  clear(): void
}

/** The object in the one envelope key: JSON, or a form with bracket keys (section 1). */
function readEnvelope({ headers, body }: SandboxRequest): Record<string, unknown> {
  if (body === '') return {}
  const type = headers['content-type'] ?? ''
  if (type.includes('x-www-form-urlencoded')) {
    const pairs = [...new URLSearchParams(body)].flatMap(([name, value]) => {
      const field = /^\w+\[(\w+)\]$/.exec(name)?.[1]
      return field === undefined ? [] : [[field, value] as const]
    })
    return Object.fromEntries(pairs)
  }
  try {
    const parsed = JSON.parse(body) as unknown
    const values: unknown[] =
      typeof parsed === 'object' && parsed !== null ? Object.values(parsed) : []
    const [inner] = values
    if (typeof inner === 'object' && inner !== null) return inner as Record<string, unknown>
  } catch {
    // Said below, as every other body that is no envelope.
  }
  throw new Refusal(400, 'The body is no JSON object with one key')
}

export function createApi(
  world: World,
  parts: { keys: Keys; limits: Limits; routes: Routes },
): Api {
  let counts: Record<string, number> = {}

  function mayUse(route: Route, isWrite: boolean): boolean {
    const { deniedResources, permissions, webhooksNeedWrite } = world.switches
    if (deniedResources.includes(route.resource)) return false
    const group = route.guard()
    if (group === null) return true
    const { read, write } = permissions[group] ?? { read: false, write: false }
    const needsWrite = isWrite && (route.resource !== 'webhooks' || webhooksNeedWrite)
    return needsWrite ? write : read
  }

  function answer(request: SandboxRequest, caller: Caller): ApiAnswer {
    const path = /^\/([a-z]{2})\/([\w/]+)\.json$/.exec(request.path)
    const [, language = '', rest = ''] = path ?? []
    if (path === null) throw new Refusal(404, 'Not found')
    if (!world.languages.includes(language)) {
      throw new Refusal(world.switches.wrongLanguageStatus, 'Unknown language')
    }
    const ids = (rest.match(/\b\d{1,15}\b/g) ?? []).map(Number)
    const route = parts.routes[rest.replaceAll(/\b\d{1,15}\b/g, ':id')]
    if (route === undefined) throw new Refusal(404, 'Not found')
    const isWrite = request.method !== 'GET'
    if (!mayUse(route, isWrite)) throw new Refusal(403, 'Permission denied')
    const act = route.methods[request.method]
    if (act === undefined) throw new Refusal(405, 'Method not allowed')
    if (route.isOrderPart === true && world.switches.temporaryNotFound > 0) {
      world.switches = {
        ...world.switches,
        temporaryNotFound: world.switches.temporaryNotFound - 1,
      }
      throw new Refusal(404, 'Not found')
    }
    const count = `${request.method} ${route.resource}`
    counts[count] = (counts[count] ?? 0) + 1
    return act({ caller, query: request.query, ids, value: readEnvelope(request) })
  }

  return {
    handle: (request) => {
      const caller = parts.keys.authenticate(request.headers.authorization)
      if (caller === undefined) {
        return errorAnswer(world, request, new Refusal(401, 'Unauthorized'))
      }
      const { isAllowed, headers } = parts.limits.take(caller.user)
      try {
        if (!isAllowed) throw new Refusal(429, 'Too many requests')
        return asJson(world, answer(request, caller), headers)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        const refused = errorAnswer(world, request, error)
        return { ...refused, headers: { ...refused.headers, ...headers } }
      }
    },
    requests: () => counts,
    clear: () => {
      counts = {}
    },
  }
}
