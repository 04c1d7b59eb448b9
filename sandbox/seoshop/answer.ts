import { type SandboxAnswer } from '../kit/server.ts'
import { toJson, type World } from './world.ts'

/** What to answer, before headers are laid on it. Null is nothing at all. */
export interface ApiAnswer {
  status: number
  body: unknown
}

export function found(body: unknown, status = 200): ApiAnswer {
  return { status, body }
}

/** An error body repeats the status and names the request; its texts are unknown (section 3). */
export class Refusal extends Error {
  readonly status: number
  readonly fields: Record<string, string[]> | undefined

  constructor(status: number, message: string, fields?: Record<string, string[]>) {
    super(message)
    this.status = status
    this.fields = fields
  }
}

export function errorAnswer(
  world: World,
  { method, rawUrl }: { method: string; rawUrl: string },
  refusal: Refusal,
): SandboxAnswer {
  const { status, message, fields } = refusal
  return asJson(world, {
    status,
    body: {
      error: { code: status, method, request: rawUrl.split('?')[0], message },
      ...(fields === undefined ? {} : { errors: fields }),
    },
  })
}

export function asJson(
  world: World,
  { status, body }: ApiAnswer,
  headers: Record<string, string> = {},
): SandboxAnswer {
  if (body === null) return { status, headers, body: '' }
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: toJson(world, body),
  }
}
