import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Fields, toPhpJson } from '../magento2/json.ts'
import { pageOf, textOf } from './collection.ts'
import { type Oauth } from './oauth.ts'
import { problem, type Problem, sentence } from './problem.ts'
import { denied, noRoute, notFound, refusal, type Refusal, roleMissing } from './refusal.ts'
import { type createResources, type Match, type Resource } from './resources.ts'
import { type World } from './world.ts'
import { toXml } from './xml.ts'

type Resources = ReturnType<typeof createResources>

const isRefusal = (value: object): value is Refusal => 'status' in value && 'message' in value

const guestHeader = (request: SandboxRequest) =>
  request.headers.authorization?.slice(0, 5).toLowerCase() !== 'oauth'

/**
 * The REST layer in Magento's order: the renderer, who asks, the route, the role, then the resource
 * (contract 4).
 */
export function createApi(world: World, parts: { oauth: Oauth; resources: Resources }) {
  const { oauth, resources } = parts

  type Format = 'json' | 'xml'

  /** null: nothing this server writes is accepted. */
  function formatOf({ headers }: SandboxRequest): Format | null {
    const accept = headers.accept ?? ''
    if (/\*\/\*|application\/json/.test(accept)) return 'json'
    return /(text|application)\/xml/.test(accept) ? 'xml' : null
  }

  function answer(
    status: number,
    value: unknown,
    format: Format,
    headers: Record<string, string> = {},
  ): SandboxAnswer {
    const type = `application/${format}; charset=utf-8`
    const body = format === 'json' ? toPhpJson(value) : toXml(value)
    return { status, headers: { 'content-type': type, ...headers }, body }
  }

  const refuse = ({ status, code, message }: Refusal, format: Format): SandboxAnswer =>
    answer(status, { messages: { error: [{ code, message }] } }, format)

  /** Every OAuth problem is a 401 here (recordings). */
  const refuseProblem = (why: Problem, format: Format) =>
    refuse(refusal(401, sentence(why)), format)

  function rightProblem(isGuest: boolean, match: Match, method: string): Refusal | null {
    if (isGuest) return denied
    if (world.switches.role === 'missing') return roleMissing
    const isDenied = world.switches.deniedResources.includes(match.resource.name)
    return isDenied || method !== 'GET' ? denied : null
  }

  /** Attributes are dropped in silence; what is forced stays (contract 4.2). */
  function filtered(value: Fields, { forced }: Resource, asked: string | null): Fields {
    const { hiddenAttributes: hidden } = world.switches
    const isAllowed = (name: string) =>
      forced.has(name) || !(hidden.includes('*') || hidden.includes(name))
    const wanted = asked === null ? null : new Set(asked.split(','))
    return Object.fromEntries(
      Object.entries(value).filter(
        ([name]) => isAllowed(name) && (wanted === null || wanted.has(name)),
      ),
    )
  }

  /** An object without attributes is PHP's empty list (recordings). */
  const orEmptyList = (value: Fields) => (Object.keys(value).length === 0 ? [] : value)

  function valueOf(match: Match, request: SandboxRequest) {
    const { resource } = match
    const attrs = request.query.get('attrs')
    if (match.is === 'entity') {
      const value = match.value()
      return value === null ? notFound : { body: orEmptyList(filtered(value, resource, attrs)) }
    }
    const all = match.all()
    const names = new Set(all.flatMap((value) => Object.keys(value)))
    const known = names.size === 0 ? columnsOfAnything : names
    const allowed = new Set(
      [...known].filter((name) => name in filtered({ [name]: null }, resource, null)),
    )
    const { filters, sorts } = resource
    const named =
      filters === null ? allowed : new Set([...allowed].filter((name) => filters.has(name)))
    const found = pageOf(all, request, named, sorts ?? known)
    if (isRefusal(found)) return found
    const rows = found.items.map((item) => [item, filtered(item, resource, attrs)] as const)
    const isKeyed = resource.keyed && rows.length > 0
    const body = isKeyed
      ? Object.fromEntries(
          rows.map(([item, shown]) => [textOf(item['entity_id']), orEmptyList(shown)]),
        )
      : rows.map(([, shown]) => orEmptyList(shown))
    return { body, total: found.total }
  }

  function respond(request: SandboxRequest, format: Format): SandboxAnswer {
    const isGuest = guestHeader(request)
    const signed = isGuest ? null : oauth.verify(request, 'resource')
    if (signed?.is === 'refused') return refuseProblem(signed.why, format)
    const found = /^\/api\/rest(\/.*)?$/.exec(request.path)
    if (found === null) return refuse(refusal(404, 'Request does not match type route.'), format)
    const match = resources.match(found[1] ?? '')
    if (match === null) return refuse(noRoute, format)
    const right = rightProblem(isGuest, match, request.method)
    if (right !== null) return refuse(right, format)
    const version = request.headers['version']
    if (version !== undefined && version !== '1') {
      return refuse(refusal(400, `Invalid version "${String(version)}" requested.`), format)
    }
    const value = valueOf(match, request)
    if (isRefusal(value)) return refuse(value, format)
    const isCounted = match.resource.counts && world.switches.totalHeader && 'total' in value
    const total = isCounted ? { 'x-total-count': String(value.total) } : {}
    return answer(200, value.body, format, total)
  }

  return {
    unauthorized: () => refuseProblem(problem('signature_invalid'), 'json'),
    /** Undefined when the path is not the API's. */
    handle(request: SandboxRequest): SandboxAnswer | undefined {
      if (!/^\/api(\.php|\/rest(\/|$))/.test(request.path)) return undefined
      const format = formatOf(request)
      if (format !== null) return respond(request, format)
      const type = { 'content-type': 'text/html; charset=UTF-8' }
      return { status: 500, headers: type, body: 'Service temporary unavailable' }
    },
  }
}

/** What an empty shop may be asked by: the columns that every document has. */
const columnsOfAnything: ReadonlySet<string> = new Set([
  ...['entity_id', 'increment_id', 'order_id', 'store_id', 'state', 'created_at', 'updated_at'],
  ...['status', 'code'],
])
