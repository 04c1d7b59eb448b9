import { type SandboxRequest } from '../kit/server.ts'
import { type Fields, isFields } from './fields.ts'
import { Refusal } from './refusal.ts'
import { readXml } from './xml.ts'

/** A body that could not be read at all: answered with 200 and the code inside (contract 1.3). */
export class Unreadable extends Error {}

/** What a request is encoded in; XML is the default of the remote (contract 1). */
export function encodingOf(request: SandboxRequest): 'json' | 'form' | 'xml' {
  const type = request.headers['content-type'] ?? ''
  if (type.includes('json') || request.query.get('format') === 'json') return 'json'
  return type.includes('x-www-form-urlencoded') ? 'form' : 'xml'
}

/**
 * Reads a request's body as fields.
 * @throws Unreadable when it is not what it says it is
 */
export function readBody(request: SandboxRequest): Fields {
  switch (encodingOf(request)) {
    case 'form':
      // One level only (contract 1).
      return Object.fromEntries(new URLSearchParams(request.body))
    case 'xml':
      return readXml(request.body)
    case 'json': {
      const value = parse(request.body)
      if (!isFields(value)) throw new Refusal('data invalid')
      return value
    }
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body)
  } catch {
    throw new Unreadable('Syntax error')
  }
}
