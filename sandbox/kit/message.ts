import { type IncomingHttpHeaders } from 'node:http'

/** One request as it came in. Nothing is decoded: a remote's own decoding is the system's business. */
export interface SandboxRequest {
  method: string
  /** The raw path, without the query, still percent-encoded. */
  path: string
  query: URLSearchParams
  /** Path and query exactly as received. */
  rawUrl: string
  headers: IncomingHttpHeaders
  /** The body's bytes read as UTF-8; '' when there is none. */
  body: string
}

/** What to answer. A missing body is an empty one. */
export interface SandboxAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** Answers a value as JSON. For a system whose JSON has its own quirks, build the answer yourself. */
export function json(
  value: unknown,
  status = 200,
  headers: Record<string, string> = {},
): SandboxAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  }
}

/** Answers plain text. */
export function text(
  body: string,
  status = 200,
  headers: Record<string, string> = {},
): SandboxAnswer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8', ...headers }, body }
}

/** Answers an HTML page. */
export function html(body: string, status = 200): SandboxAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body }
}
