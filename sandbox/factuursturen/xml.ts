import { escapeHtml } from '../kit/page.ts'

/**
 * Writes a value as XML: what a caller gets that forgot to ask for JSON (contract 1). The element
 * names are invented; all that matters is that it is not JSON.
 */
export function toXml(value: unknown): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('response', value)}\n`
}

function element(name: string, value: unknown): string {
  return `<${name}>${content(value)}</${name}>`
}

function content(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => element('item', item)).join('')
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner))
      .join('')
  }
  const isScalar = ['string', 'number', 'boolean'].includes(typeof value)
  return isScalar ? escapeHtml(value as string | number | boolean) : ''
}
