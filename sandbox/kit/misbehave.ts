import { type ServerResponse } from 'node:http'
import { type FaultRule } from './fault-rule.ts'
import { html, type SandboxAnswer, text } from './message.ts'
import { type Timers } from './timers.ts'

const silenceMsDefault = 60_000
const lateEffectMsDefault = 2_000
const latencyMsDefault = 1_000
const slowBodyMsDefault = 5_000
const dripsMax = 20

const firewallPage = html(
  '<!doctype html><html><head><title>Checking your browser</title></head>' +
    '<body><h1>One moment please</h1><p>Your request is being verified.</p></body></html>',
)

/** What a fault needs of the sandbox it happens in. */
export interface Stage {
  response: ServerResponse
  /** Lets the request have its effect and tells what the remote would have answered. */
  effect(): Promise<SandboxAnswer>
  rateLimited(): SandboxAnswer
  unauthorized(): SandboxAnswer
  timers: Timers
  /** Effects that come after the client gave up; apart, for a reset calls these off and only these. */
  lateEffects: Timers
}

/**
 * Plays one fault. Resolves with the status that was sent; 0 when the client got no whole answer.
 * "Before" kinds never let the request have its effect; "after" kinds always do.
 */
export async function misbehave(rule: FaultRule, stage: Stage): Promise<number> {
  const { response } = stage
  switch (rule.fault) {
    case 'latency':
      await stage.timers.pause(rule.delayMs ?? latencyMsDefault)
      return send(response, await stage.effect())
    case 'error-before':
      return send(response, text('Service Unavailable', rule.status ?? 503))
    case 'error-after':
      await stage.effect()
      return send(response, text('Bad Gateway', rule.status ?? 502))
    case 'timeout-before':
      return silence(rule, stage)
    case 'timeout-after':
      await stage.effect()
      return silence(rule, stage)
    case 'rate-limit':
      return send(response, stage.rateLimited())
    case 'unauthorized':
      return send(response, stage.unauthorized())
    case 'html':
      return send(response, firewallPage)
    case 'bad-json': {
      // The body is cut inside a word, as a proxy that loses its tail would.
      const answer = await stage.effect()
      return send(response, { ...answer, body: '{"status":"ok","result":tru' })
    }
    case 'truncated':
      return truncate(response, await stage.effect())
    case 'reset-before':
      return reset(response)
    case 'reset-after':
      await stage.effect()
      return reset(response)
    case 'late-effect':
      // The client gives up now; the remote had the request and finishes it in its own time.
      stage.lateEffects.after(rule.delayMs ?? lateEffectMsDefault, () => void stage.effect())
      return reset(response)
    case 'slow-body':
      return drip(rule, stage, await stage.effect())
  }
}

/** Sends an answer whole, with its content-length, and returns its status. */
export function send(response: ServerResponse, answer: SandboxAnswer): number {
  const body = answer.body ?? ''
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
  return answer.status
}

function reset(response: ServerResponse): number {
  response.socket?.resetAndDestroy()
  return 0
}

/** Holds the line without a word until the client hangs up, or until delayMs. */
function silence(rule: FaultRule, stage: Stage): Promise<number> {
  return new Promise((resolve) => {
    const callOff = stage.timers.after(rule.delayMs ?? silenceMsDefault, () => {
      stage.response.socket?.destroy()
    })
    stage.response.once('close', () => {
      callOff()
      resolve(0)
    })
    // The client may have hung up while the effect ran; then 'close' has been and gone.
    if (stage.response.destroyed) {
      callOff()
      resolve(0)
    }
  })
}

/** Announces the whole body, sends its first half, and closes the connection. */
function truncate(response: ServerResponse, answer: SandboxAnswer): Promise<number> {
  const body = Buffer.from(answer.body ?? '')
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': Math.max(body.length, 1),
  })
  response.flushHeaders()
  return new Promise((resolve) => {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      response.socket?.end()
      resolve(0)
    })
  })
}

/** Sends the body in small bits over delayMs (default 5 s). */
async function drip(rule: FaultRule, stage: Stage, answer: SandboxAnswer): Promise<number> {
  const body = Buffer.from(answer.body ?? '')
  const size = Math.max(Math.ceil(body.length / dripsMax), 1)
  const drips = Math.ceil(body.length / size)
  stage.response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
  stage.response.flushHeaders()
  for (let index = 0; index < drips && !stage.response.destroyed; index += 1) {
    await stage.timers.pause((rule.delayMs ?? slowBodyMsDefault) / drips)
    stage.response.write(body.subarray(index * size, (index + 1) * size))
  }
  stage.response.end()
  return answer.status
}
