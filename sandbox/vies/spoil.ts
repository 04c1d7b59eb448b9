import { html, type SandboxAnswer } from '../kit/message.ts'
import { type GarbageRule } from './garbage.ts'
import { isFields } from './reading.ts'

const hugeBytesDefault = 20_000_000

const maintenancePage =
  '<!doctype html><html><head><title>European Commission</title></head>' +
  '<body><h1>Service temporarily unavailable</h1><p>Please try again later.</p></body></html>'

const soapFault =
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body><env:Fault>' +
  '<faultcode>env:Server</faultcode><faultstring>MS_UNAVAILABLE</faultstring>' +
  '</env:Fault></env:Body></env:Envelope>'

/**
 * Turns an answer into garbage. The check has happened: what is lost is what it came to. `slow` is
 * not spoiled but late, which is its sender's business.
 */
export function spoil(answer: SandboxAnswer, rule: GarbageRule): SandboxAnswer {
  return { ...spoilBody(answer, rule), status: rule.status ?? answer.status }
}

function spoilBody(answer: SandboxAnswer, rule: GarbageRule): SandboxAnswer {
  const body = answer.body ?? ''
  switch (rule.kind) {
    case 'empty':
      return { ...answer, body: '' }
    case 'html':
      return html(maintenancePage)
    case 'xml-fault':
      return { ...answer, headers: { 'content-type': 'text/xml; charset=utf-8' }, body: soapFault }
    case 'truncated-json':
      // With the content-length of what is left: whole for HTTP, half for JSON.
      return { ...answer, body: body.slice(0, Math.floor(body.length / 2)) }
    case 'wrong-types':
      return { ...answer, body: JSON.stringify(mistype(JSON.parse(body))) }
    case 'huge':
      return { ...answer, body: inflate(body, rule.bytes ?? hugeBytesDefault) }
    case 'slow':
      return answer
  }
}

/** Every value of another type than it should be, however deep. */
function mistype(value: unknown): unknown {
  if (Array.isArray(value)) return { item: value.map(mistype) }
  if (isFields(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mistype(inner)]))
  }
  return typeof value === 'string' ? [value] : String(value)
}

/** The same answer, and a right one, but for a name that never ends. */
function inflate(body: string, bytes: number): string {
  const value: unknown = JSON.parse(body)
  return JSON.stringify({ ...(isFields(value) ? value : {}), name: 'A'.repeat(bytes) })
}
