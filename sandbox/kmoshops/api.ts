import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { authenticate, signatureHeaders } from './auth.ts'
import { type Key, type Keys } from './keys.ts'
import { type Limits } from './limits.ts'
import { isFailure } from './paging.ts'
import { type ApiAnswer, failure, type Method, type Resources, unknownId } from './resource.ts'
import { ourQuery, toJson, type World } from './world.ts'

const bodyCharactersMax = 1_000_000
const methods: readonly string[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']

/** Resources of the platform that no bookkeeping needs: 501.20 and not 404.20. */
const notPlayed = ['products', 'categories', 'brands', 'productphotos', 'suppliers', 'packages']

/** How often each resource was asked, e.g. `GET orders`, and how often each error code was given. */
export interface Counts {
  requests: Record<string, number>
  errors: Record<string, number>
}

export interface Api {
  /** Undefined when the path is not below the API's base path. */
  handle(request: SandboxRequest): SandboxAnswer | undefined
  counts(): Counts
  resetCounts(): void
}

/** Where a path leads. */
interface Place {
  /** Key in the table of resources: `orders/:id/orderrows`. */
  shape: string
  /** The resource whose limit and permission count: `orderrows`. */
  resource: string
  id: number
}

/** The shop's API: signature, limits, permission, then the resource itself. */
export function createApi(
  world: World,
  parts: { keys: Keys; limits: Limits; resources: Resources },
): Api {
  const { keys, limits, resources } = parts
  let counts: Counts = { requests: {}, errors: {} }

  function handle(request: SandboxRequest): SandboxAnswer | undefined {
    const segments = segmentsOf(request.path, world.switches.dialect.basePath)
    if (segments === undefined) return undefined
    const key = authenticate(world, keys, request)
    if (isFailure(key)) return write(key)
    const answer = serve(request, segments, key)
    return write(answer, signatureHeaders(world, key, request, answer))
  }

  function serve(request: SandboxRequest, segments: string[], key: Key): ApiAnswer {
    const place = locate(segments)
    if (isFailure(place)) return place
    const { shape, resource, id } = place
    const { method, body } = request
    count(counts.requests, `${method} ${resource}`)
    const limited = limits.take({ apiPublic: key.apiPublic, method, resource })
    if (limited !== undefined) return limited
    if (world.switches.deniedResources.includes(resource))
      return failure('403.10', `No permission for ${resource}`)
    const ordered = world.switches.failures[resource]
    if (ordered !== undefined) return failure(ordered, `Error ${ordered}, by order of a switch`)
    const act = isMethod(method) ? resources[shape]?.[method] : undefined
    if (act === undefined) return failure('405.10', `Method ${method} is not allowed`)
    if (Number.isNaN(id)) return unknownId()
    if (body.length > bodyCharactersMax) return failure('500.80', 'Payload too big')
    return act({ id, query: ourQuery(world, request.query), body, key })
  }

  function locate(segments: string[]): Place | ApiAnswer {
    const [name = '', id, part] = segments
    if (notPlayed.includes(name)) return failure('501.20', `Resource ${name} is not implemented`)
    const shape = segments.map((segment, index) => (index === 1 ? ':id' : segment)).join('/')
    if (resources[shape] === undefined) return failure('404.20', 'Unknown resource name')
    const number = id === undefined ? 0 : /^\d{1,15}$/.test(id) ? Number(id) : NaN
    return { shape, resource: part ?? name, id: number }
  }

  function write(answer: ApiAnswer, signature: Record<string, string> = {}): SandboxAnswer {
    const { status, type, body, code } = answer
    if (code !== undefined) count(counts.errors, code)
    if (body === '') return { status, headers: signature }
    const contentType = `application/vnd.verto.webshop.resource.${type}.v1+json; charset=utf-8`
    const headers = { 'content-type': contentType, ...signature }
    // Errors are written without a world at hand; here they get its dialect.
    return { status, headers, body: code === undefined ? body : toJson(world, JSON.parse(body)) }
  }

  return {
    handle,
    counts: () => counts,
    resetCounts: () => {
      counts = { requests: {}, errors: {} }
    },
  }
}

/** The parts of a path below the base; a slash at the end makes no difference (section 2). */
function segmentsOf(path: string, basePath: string): string[] | undefined {
  if (path !== basePath && !path.startsWith(`${basePath}/`)) return undefined
  const rest = path.slice(basePath.length)
  return rest.split('/').filter((segment) => segment !== '')
}

function isMethod(method: string): method is Method {
  return methods.includes(method)
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
