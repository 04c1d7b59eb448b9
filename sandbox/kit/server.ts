import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo } from 'node:net'
import { type ControlRoute, controlPrefix, controlRoutes } from './control.ts'
import { createFaults, type Faults } from './faults.ts'
import { type SandboxAnswer, type SandboxRequest, text } from './message.ts'
import { misbehave, send } from './misbehave.ts'
import { mulberry32 } from './random.ts'
import { createRequestLog } from './request-log.ts'
import { createTimers } from './timers.ts'

export type { SandboxAnswer, SandboxRequest } from './message.ts'

const bodyBytesMax = 16 * 1024 * 1024
const keepAliveMs = 65_000
const host = '127.0.0.1'

/** A running sandbox. */
export interface Sandbox {
  url: string
  port: number
  /** Stops at once: open connections are cut and effects still to come are called off. */
  close(): Promise<void>
  faults: Faults
  /** Has a request's effect and gives its answer, without a wire and so without its faults. */
  handle(request: SandboxRequest): Promise<SandboxAnswer>
}

export interface SandboxOptions {
  /** 0, the default, takes any free port. */
  port?: number
  /** Its address when it listens nowhere, and only `handle` reaches it. Scheme and host. */
  inProcessAs?: string
  /** How long every answer takes. Half of it passes before the effect, half after. Default 0. */
  latencyMs?: number
  /** Whether the remote's rate limits are played. Default 'real'. */
  limits?: 'real' | 'off'
  now?: () => Date
  /** Seed of everything left to chance. Default 1. */
  seed?: number
}

/** What makes a server one particular remote. */
export interface SandboxParts {
  name: string
  options: SandboxOptions
  /** The remote itself: has the request's effect and gives the answer. */
  handle(request: SandboxRequest): SandboxAnswer | Promise<SandboxAnswer>
  /** Extra routes below /_sandbox, by 'METHOD /path'. An error thrown becomes a 400 with its text. */
  control?: Record<string, ControlRoute>
  /** The page a person sees at /_sandbox/. */
  backOffice(): string
  /** Forgets everything that happened since the start. */
  reset(): void
  /** The answer of the fault 'rate-limit'. Default a bare 429. */
  rateLimited?(): SandboxAnswer
  /** The answer of the fault 'unauthorized'. Default a bare 401. */
  unauthorized?(): SandboxAnswer
}

/** Starts a sandbox on 127.0.0.1. Rejects when the port is taken. */
export async function startServer(parts: SandboxParts): Promise<Sandbox> {
  const faults = createFaults(mulberry32(parts.options.seed ?? 1))
  const timers = createTimers()
  const lateEffects = createTimers()
  const requests = createRequestLog()
  const now = parts.options.now ?? (() => new Date())
  let latencyMs = parts.options.latencyMs ?? 0

  const routes = {
    ...parts.control,
    ...controlRoutes({
      faults,
      requests,
      getLatencyMs: () => latencyMs,
      setLatencyMs: (value) => {
        latencyMs = value
      },
      reset: () => {
        lateEffects.clear()
        faults.clear()
        requests.clear()
        parts.reset()
      },
      backOffice: () => parts.backOffice(),
    }),
  }

  async function control(request: SandboxRequest): Promise<SandboxAnswer> {
    const key = `${request.method} /${request.path.slice(controlPrefix.length)}`
    const route = routes[key]
    if (route === undefined)
      return text(`no ${key}; there are: ${Object.keys(routes).join(', ')}`, 404)
    try {
      return await route(request)
    } catch (error) {
      return text(error instanceof Error ? error.message : String(error), 400)
    }
  }

  async function effect(request: SandboxRequest): Promise<SandboxAnswer> {
    try {
      return await parts.handle(request)
    } catch (error) {
      // A remote never throws: this is a fault of the sandbox itself, and it must be seen as one.
      const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
      return text(`bug in the ${parts.name} sandbox: ${trace}`, 500)
    }
  }

  async function remote(request: SandboxRequest, response: ServerResponse): Promise<void> {
    const at = now().toISOString()
    // A remote's own clock, whatever the machine's says.
    response.setHeader('date', now().toUTCString())
    const rule = faults.take(request)
    if (latencyMs > 0) await timers.pause(Math.floor(latencyMs / 2))
    const status =
      rule === undefined
        ? await answerPlainly(request, response)
        : await misbehave(rule, {
            response,
            effect: () => effect(request),
            rateLimited: () => parts.rateLimited?.() ?? text('Too Many Requests', 429),
            unauthorized: () => parts.unauthorized?.() ?? text('Unauthorized', 401),
            timers,
            lateEffects,
          })
    const { method, path } = request
    requests.add({ at, method, path, status, ...(rule === undefined ? {} : { fault: rule.fault }) })
  }

  async function answerPlainly(request: SandboxRequest, response: ServerResponse): Promise<number> {
    const answer = await effect(request)
    if (latencyMs > 0) await timers.pause(Math.ceil(latencyMs / 2))
    return send(response, answer)
  }

  const { inProcessAs } = parts.options
  if (inProcessAs !== undefined) {
    return {
      url: inProcessAs,
      port: 0,
      faults,
      handle: effect,
      close: () => {
        timers.clear()
        lateEffects.clear()
        return Promise.resolve()
      },
    }
  }

  const server = createServer({ keepAliveTimeout: keepAliveMs }, (message, response) => {
    receive(message, (request) => {
      if (request === undefined) send(response, text('Payload Too Large', 413))
      else if (isControl(request.path)) {
        void control(request).then((answer) => send(response, answer))
      } else void remote(request, response)
    })
  })
  // Node closes an idle connection by this one too, if it is the shorter of the two.
  server.headersTimeout = keepAliveMs + 1_000
  const port = await listen(server, parts.options.port ?? 0)
  return {
    url: `http://${host}:${port}`,
    port,
    faults,
    handle: effect,
    close: () => {
      timers.clear()
      lateEffects.clear()
      return close(server)
    },
  }
}

/** Reads a whole request; hands over undefined when its body is too large. A half one is dropped. */
function receive(
  message: IncomingMessage,
  done: (request: SandboxRequest | undefined) => void,
): void {
  const chunks: Buffer[] = []
  let bytes = 0
  message.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= bodyBytesMax) chunks.push(chunk)
  })
  message.on('end', () => {
    if (bytes > bodyBytesMax) {
      done(undefined)
      return
    }
    const rawUrl = message.url ?? '/'
    const mark = rawUrl.indexOf('?')
    done({
      method: message.method ?? 'GET',
      path: mark === -1 ? rawUrl : rawUrl.slice(0, mark),
      query: new URLSearchParams(mark === -1 ? '' : rawUrl.slice(mark + 1)),
      rawUrl,
      headers: message.headers,
      body: bytes === 0 ? '' : Buffer.concat(chunks).toString('utf8'),
    })
  })
}

function isControl(path: string): boolean {
  return path.startsWith(controlPrefix) || `${path}/` === controlPrefix
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
