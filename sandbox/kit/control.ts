import { readFaultRule } from './fault-rule.ts'
import { type Faults } from './faults.ts'
import { html, json, type SandboxAnswer, type SandboxRequest, text } from './message.ts'
import { type RequestLog } from './request-log.ts'

/** Where everything that is not part of the remote lives. */
export const controlPrefix = '/_sandbox/'

export type ControlRoute = (request: SandboxRequest) => SandboxAnswer | Promise<SandboxAnswer>

/** What the control routes of every sandbox steer. */
export interface Controlled {
  faults: Faults
  requests: RequestLog
  getLatencyMs(): number
  setLatencyMs(latencyMs: number): void
  reset(): void
  backOffice(): string
}

/**
 * The control routes every sandbox has, by 'METHOD /path' below /_sandbox. A route that gets a body
 * it cannot read answers 400 with one line of text.
 */
export function controlRoutes(controlled: Controlled): Record<string, ControlRoute> {
  const { faults, requests } = controlled
  return {
    'GET /': () => html(controlled.backOffice()),
    'GET /faults': () => json(faults.list()),
    'POST /faults': ({ body }) => {
      const value = readJson(body)
      // All are read before the first is added: a bad one in the list adds nothing.
      const rules = (Array.isArray(value) ? value : [value]).map(readFaultRule)
      return json({ ids: rules.map((rule) => faults.add(rule)) }, 201)
    },
    'DELETE /faults': ({ query }) => {
      const id = query.get('id')
      if (id !== null && !faults.remove(id)) return text(`no fault rule ${id}`, 404)
      if (id === null) faults.clear()
      return json(faults.list())
    },
    'POST /reset': () => {
      controlled.reset()
      return json({ reset: true })
    },
    'GET /latency': () => json({ latencyMs: controlled.getLatencyMs() }),
    'PUT /latency': ({ body }) => {
      controlled.setLatencyMs(readLatency(readJson(body)))
      return json({ latencyMs: controlled.getLatencyMs() })
    },
    'GET /requests': () => json(requests.list()),
  }
}

/**
 * Reads a control request's body as JSON.
 * @throws Error with one readable line.
 */
export function readJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch (cause) {
    throw new Error('the body is not JSON', { cause })
  }
}

function readLatency(value: unknown): number {
  const latencyMs = (value as { latencyMs?: unknown } | null)?.latencyMs
  const fits = typeof latencyMs === 'number' && latencyMs >= 0 && latencyMs <= 600_000
  if (fits) return latencyMs
  throw new Error('send {"latencyMs": n} with n from 0 to 600000')
}
