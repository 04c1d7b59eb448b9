import type {
  HttpAnswer,
  HttpClient,
  HttpRequest,
  HttpSilence,
} from '../../../src/connectors/http.ts'
import type { SandboxAnswer, SandboxRequest } from '../../../sandbox/kit/server.ts'
import type { Life } from './life.ts'
import type { Swarm } from './swarm.ts'
import type { World } from './world.ts'

/** A remote on the simulated network. */
export interface Station {
  name: string
  origin: string
  handle(request: SandboxRequest): Promise<SandboxAnswer>
  /** Nobody can reach it before this moment of the world. */
  downUntilMs: number
  /** It refuses every key before this moment. */
  lockedUntilMs: number
  /** Told of a request that has had its effect. */
  happened(request: SandboxRequest, answer: SandboxAnswer): void
}

export interface Network {
  add(station: Station): void
  /** The network as one process sees it. */
  clientFor(life: Life): HttpClient
}

/** How late a request may still take effect after everybody gave up; what connectors promise at most. */
const lateMsMax = 119_000
const budgetMsDefault = 20_000

const silence = (cause: HttpSilence['cause'], mayHaveArrived: boolean): HttpSilence => ({
  is: 'silence',
  cause,
  mayHaveArrived,
})

const requestOf = ({ method, url, headers = {}, body = '' }: HttpRequest): SandboxRequest => {
  const { pathname, search, host } = new URL(url)
  return {
    method,
    path: pathname,
    query: new URLSearchParams(search),
    rawUrl: pathname + search,
    headers: {
      host,
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
    },
    body,
  }
}

/** @param at the moment by the remote's own clock, which is right */
const answerOf = ({ status, headers = {}, body = '' }: SandboxAnswer, at: Date): HttpAnswer => ({
  is: 'answer',
  status,
  headers: {
    date: at.toUTCString(),
    ...Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
  },
  body,
})

const refusal = (status: number, headers: Record<string, string> = {}): HttpAnswer => ({
  is: 'answer',
  status,
  headers,
  body: '',
})

export const networkOn = (world: World, swarm: Swarm): Network => {
  const stations = new Map<string, Station>()
  const { chance } = world

  const send = (life: Life, request: HttpRequest): Promise<HttpAnswer | HttpSilence> =>
    new Promise((resolve) => {
      const station = stations.get(new URL(request.url).origin)
      const budgetMs = request.budgetMs ?? budgetMsDefault
      const fault = swarm.networkFault(request.method === 'GET')
      const thereMs = chance.between(0.5, swarm.networkMs)
      const backMs = chance.between(0.5, swarm.networkMs)
      const what = `${life.name} ${request.method} ${station?.name ?? '?'} ${new URL(request.url).pathname}`
      const reply = (delayMs: number, result: HttpAnswer | HttpSilence) => {
        life.deliver(delayMs, () => {
          ended()
          resolve(result)
        })
      }
      const effect = async (): Promise<HttpAnswer> => {
        if (station === undefined) throw new Error(`nobody is at ${request.url}`)
        const asked = requestOf(request)
        if (world.nowMs() < station.lockedUntilMs) return refusal(401)
        const answer = await station.handle(asked)
        world.log(`${what} ${answer.status}${fault === null ? '' : ` (${fault})`}`)
        station.happened(asked, answer)
        return answerOf(answer, world.now())
      }
      /** The request arrives and what it does is done; `then` hears of it. */
      const arrive = (delayMs: number, then: (answer: HttpAnswer) => void) =>
        world.after(delayMs, async () => {
          then(await effect())
        })
      // What a dying process has sent may still arrive, soon or late, or never.
      const ended = life.begin(() => {
        const fate = chance.fraction()
        if (fate < 0.5) callOff()
        else if (request.method !== 'GET' && fate < 0.75) {
          callOff()
          if (isPending) arrive(chance.between(0, lateMsMax), () => undefined)
        }
      })
      let isPending = true
      let callOff: () => void = () => undefined
      const arriveOnce = (delayMs: number, then: (answer: HttpAnswer) => void) => {
        callOff = arrive(delayMs, (answer) => {
          isPending = false
          then(answer)
        })
      }

      if (station !== undefined && world.nowMs() < station.downUntilMs) {
        reply(thereMs, silence('connection-refused', false))
        return
      }
      if (thereMs + backMs > budgetMs) {
        arriveOnce(thereMs, () => undefined)
        reply(budgetMs, silence('time-out', true))
        return
      }
      switch (fault) {
        case 'refused':
          reply(thereMs, silence('connection-refused', false))
          return
        case 'lost before':
          reply(thereMs, silence('connection-lost', true))
          return
        case 'silent before':
          reply(budgetMs, silence('time-out', true))
          return
        case 'silent after':
          arriveOnce(thereMs, () => undefined)
          reply(budgetMs, silence('time-out', true))
          return
        case 'late':
          arriveOnce(budgetMs + chance.between(0, lateMsMax), () => undefined)
          reply(budgetMs, silence('time-out', true))
          return
        case 'error before':
          reply(thereMs + backMs, refusal(chance.pick([500, 502, 503, 504])))
          return
        case 'busy':
          reply(thereMs + backMs, refusal(429, { 'retry-after': '30' }))
          return
        case 'lost after':
          arriveOnce(thereMs, () => reply(backMs, silence('connection-lost', true)))
          return
        case 'error after':
          arriveOnce(thereMs, () => reply(backMs, refusal(chance.pick([500, 502, 504]))))
          return
        case 'garbled':
          arriveOnce(thereMs, (answer) =>
            reply(backMs, { ...answer, body: `<html>${answer.body.slice(0, 10)}` }),
          )
          return
        case null:
          arriveOnce(thereMs, (answer) => reply(backMs, answer))
          return
      }
    })

  return {
    add: (station) => void stations.set(station.origin, station),
    clientFor: (life) => ({ send: (request) => send(life, request) }),
  }
}
