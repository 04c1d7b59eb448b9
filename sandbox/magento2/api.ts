import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { readCriteria, searched } from './criteria.ts'
import { type Integrations } from './integrations.ts'
import { toPhpJson, toXml, type Value } from './json.ts'
import { type Oauth } from './oauth.ts'
import { projected } from './projection.ts'
import { inOldWords, missingFields, notAuthorized, type Refusal, refusal } from './refusal.ts'
import { type Listed, plainResources, salesResources } from './resources.ts'
import { rawPairs } from './signature.ts'
import { type Ledgers } from './ledgers.ts'
import { type World } from './world.ts'

const storeCodes = new Set(['default', 'all'])
const noRoute = refusal(404, 'Request does not match any route.')
const notThere = refusal(
  404,
  "The entity that was requested doesn't exist. Verify the entity and try again.",
)

/** Where a path leads: a list, one thing of it, or a plain value. */
type Route =
  | { to: 'list'; listed: Listed }
  | { to: 'one'; listed: Listed; id: string }
  | { to: 'plain'; right: string | null; value: () => Value }

const isRefusal = (value: object): value is Refusal => 'status' in value && 'message' in value

/** The REST layer: the route, who asks, the right, then the answer (contract 4.6). */
export function createApi(
  world: World,
  parts: { oauth: Oauth; integrations: Integrations; ledgers: Ledgers },
) {
  const { oauth, integrations, ledgers } = parts
  const sales = salesResources(world, ledgers)
  const plain = plainResources(world)

  function routeOf(path: string): Route | null {
    const found = /^(?:\/index\.php)?\/rest(?:\/([^/]+))?\/V1\/(.+?)\/?$/.exec(path)
    const [, store = 'default', rest = ''] = found ?? []
    if (found === null || !storeCodes.has(store)) return null
    const value = plain[rest]
    if (value !== undefined) return { to: 'plain', ...value }
    const [name = '', id, more] = rest.split('/')
    if (more !== undefined) return null
    if (id === undefined) {
      const listed = sales[name]
      return listed === undefined ? null : { to: 'list', listed }
    }
    // The list of credit memos is plural, a single one is singular (contract 4.7).
    const plural = name === 'creditmemo' ? 'creditmemos' : name === 'creditmemos' ? '' : name
    const listed = sales[plural]
    return listed === undefined ? null : { to: 'one', listed, id }
  }

  const rightOf = (route: Route) => (route.to === 'plain' ? route.right : route.listed.right)

  /** null when the request may go on. */
  function accessProblem(request: SandboxRequest, right: string): Refusal | null {
    const signed = oauth.verify(request, { token: 'access' })
    if (signed === null) {
      const bearer = /^bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
      const isOurs =
        bearer !== undefined && integrations.all().some(({ token }) => token?.value === bearer)
      return isOurs && world.profile().bearer ? rightProblem(right) : notAuthorized(right)
    }
    if (signed.is === 'refused') return signed.why
    const isActive = signed.consumer.isActive && !world.switches.inactive
    return isActive ? rightProblem(right) : notAuthorized(right)
  }

  const rightProblem = (right: string) =>
    world.switches.deniedResources.includes(right) ? notAuthorized(right) : null

  function listOf(listed: Listed, rawUrl: string): Value | Refusal {
    const criteria = readCriteria(rawPairs(rawUrl))
    if (isRefusal(criteria)) return criteria
    const found = searched(listed.all(), criteria, {
      columns: listed.columns,
      pastEnd: world.profile().pastEnd,
      pageSizeMax: world.switches.pageSizeMax,
    })
    return isRefusal(found) ? found : projected(found, criteria.fields)
  }

  function oneOf(listed: Listed, id: string): Value | Refusal {
    if (!/^-?\d+$/.test(id)) {
      const text = `The "${id}" value's type is invalid. The "int" type was expected. Verify and try again.`
      return refusal(400, text)
    }
    if (Number(id) === 0) return refusal(400, 'An ID is needed. Set the ID and try again.')
    return listed.find(Number(id)) ?? notThere
  }

  function valueOf(route: Route, request: SandboxRequest): Value | Refusal {
    if (route.to === 'plain') return route.value()
    if (route.to === 'list') return listOf(route.listed, request.rawUrl)
    return oneOf(route.listed, route.id)
  }

  function answer(status: number, value: unknown, request?: SandboxRequest): SandboxAnswer {
    const cookie = { 'set-cookie': 'PHPSESSID=6b0c1d2e3f4a5b6c7d8e9f0a1b; path=/; HttpOnly' }
    const accept = request?.headers.accept ?? 'application/json'
    if (/xml/.test(accept) && !/json|\*\/\*/.test(accept)) {
      const type = { 'content-type': 'application/xml; charset=utf-8' }
      return { status, headers: { ...type, ...cookie }, body: toXml(value) }
    }
    const notice = world.switches.phpNotice ? '<br />\n<b>Notice</b>: Undefined index<br />\n' : ''
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', ...cookie },
      body: notice + toPhpJson(value, world.switches.floatNoise),
    }
  }

  function refuse(refused: Refusal, request?: SandboxRequest): SandboxAnswer {
    const worded = world.profile().texts === 'old' ? inOldWords(refused) : refused
    const { message, parameters, errors } = worded
    const text = world.switches.translated ? `(vertaald) ${message.length}` : message
    const value = {
      message: text,
      ...(errors !== undefined && { errors }),
      ...(parameters !== undefined && { parameters }),
    }
    return answer(refused.status, value, request)
  }

  return {
    refuse,
    /** Undefined when the path is not below /rest. */
    handle(request: SandboxRequest): SandboxAnswer | undefined {
      if (!/^(\/index\.php)?\/rest(\/|$)/.test(request.path)) return undefined
      if (request.method === 'HEAD') return answer(405, '')
      const accept = request.headers.accept ?? '*/*'
      if (!/\*\/\*|json|xml/.test(accept)) {
        const headers = { 'content-type': 'text/html; charset=UTF-8' }
        return { status: 500, headers, body: '<!doctype html><html><body>Error</body></html>' }
      }
      const route = request.method === 'GET' ? routeOf(request.path) : null
      if (route === null) return refuse(noRoute, request)
      const right = rightOf(route)
      const problem = right === null ? null : accessProblem(request, right)
      if (problem !== null) return refuse(problem, request)
      if (route.to === 'list' && !request.rawUrl.includes('?')) {
        return refuse(missingFields(['searchCriteria']), request)
      }
      const value = valueOf(route, request)
      const isRefused = typeof value === 'object' && value !== null && isRefusal(value)
      return isRefused ? refuse(value, request) : answer(200, value, request)
    },
  }
}
