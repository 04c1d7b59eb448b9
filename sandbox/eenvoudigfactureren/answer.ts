import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { escapeHtml } from '../kit/page.ts'
import { encodingOf } from './body.ts'
import { isFields } from './fields.ts'
import { type Switches } from './switches.ts'
import { toXml } from './xml.ts'

/** What a call answers, before it is dressed as HTTP. */
export interface Reply {
  status: number
  value: unknown
  /** What an element of a list is called in XML. */
  itemName?: string
  /** A file instead of a value. */
  file?: { name: string; type: string; body: string }
}

export function ok(value: unknown, itemName = 'item'): Reply {
  return { status: 200, value, itemName }
}

/** A 201 with what a create tells: no number, only the id (contract 1.2). */
export function created(what: string, key: string, id: string | number, uri: string): Reply {
  return { status: 201, value: { success: `${what} created`, [key]: id, uri } }
}

export function failed(status: number, error: string): Reply {
  return { status, value: { error } }
}

/** Dresses a reply in the format of the request; XML unless JSON was asked for (contract 1). */
export function dress(reply: Reply, request: SandboxRequest, switches: Switches): SandboxAnswer {
  const { file, itemName = 'item', status } = reply
  if (file !== undefined) {
    const disposition = `attachment; filename=${file.name}`
    const headers = { 'content-type': file.type, 'content-disposition': disposition }
    return { status, headers, body: file.body }
  }
  const value = status < 300 ? written(reply.value, switches) : reply.value
  if (wantsJson(request)) {
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: toPhpJson(value),
    }
  }
  return {
    status,
    headers: { 'content-type': 'application/xml; charset=utf-8' },
    body: toXml(value, itemName),
  }
}

function wantsJson(request: SandboxRequest): boolean {
  const format = request.query.get('format')
  if (format !== null && format !== '') return format === 'json'
  if (request.headers.accept?.includes('application/json') === true) return true
  return request.body !== '' && encodingOf(request) === 'json'
}

/** JSON as PHP writes it: slashes and everything beyond ASCII escaped (contract 1, 2.1). */
function toPhpJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('/', '\\/')
    .replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// Texts a person typed; the words of the API itself are never padded or escaped.
const typed = new Set(
  'email_address reference external_invoice_id name attention contact_name description'.split(' '),
)

/** Texts with the habits that the switches give the remote. */
function written(value: unknown, switches: Switches): unknown {
  if (!switches.trailingBlanks && !switches.htmlEntities) return value
  if (Array.isArray(value)) return value.map((each) => written(each, switches))
  if (!isFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      if (typeof inner !== 'string' || !typed.has(name)) return [name, written(inner, switches)]
      const text = switches.htmlEntities ? escapeHtml(inner) : inner
      return [name, switches.trailingBlanks ? text.padEnd(80, ' ') : text]
    }),
  )
}
