import { escapeHtml } from '../kit/page.ts'
import { type Fields, isFields } from './fields.ts'

const depthMax = 6

/** Writes an answer as XML, the default format. An error is `<data><error>` (contract 1.3). */
export function toXml(value: unknown, itemName: string): string {
  const body = Array.isArray(value)
    ? value.map((item) => element(itemName, item)).join('')
    : content(value, itemName)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<data>${body}</data>\n`
}

function element(name: string, value: unknown): string {
  return `<${name}>${content(value, name)}</${name}>`
}

function content(value: unknown, name: string): string {
  if (Array.isArray(value)) {
    return value.map((item) => element(name.replace(/s$/, ''), item)).join('')
  }
  if (isFields(value)) {
    return Object.entries(value)
      .map(([key, inner]) => element(key, inner))
      .join('')
  }
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value)
  return isScalar ? escapeHtml(value as string | number | boolean) : ''
}

/**
 * Reads a request in XML: elements and text, no attributes. The root's name does not matter; an element
 * that occurs more than once becomes a list.
 */
export function readXml(body: string): Fields {
  const root = /<(\w+)[^>]*>([\s\S]*)<\/\1>\s*$/.exec(body.replace(/<\?[\s\S]*?\?>/g, ''))
  const value = root === null ? {} : readContent(root[2] ?? '', 0)
  return isFields(value) ? value : {}
}

function readContent(text: string, depth: number): unknown {
  const elements = [...text.matchAll(/<(\w+)[^>]*?(?:\/>|>([\s\S]*?)<\/\1>)/g)]
  if (elements.length === 0 || depth > depthMax) return unescape(text.trim())
  const fields: Fields = {}
  for (const [, name = '', inner = ''] of elements) {
    const value = readContent(inner, depth + 1)
    const before = fields[name]
    if (before === undefined) fields[name] = value
    else fields[name] = Array.isArray(before) ? [...(before as unknown[]), value] : [before, value]
  }
  return fields
}

const entities: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  amp: '&',
}

function unescape(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|#39|amp);/g, (_, name: string) => entities[name] ?? '')
}
