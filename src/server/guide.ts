import type { z } from 'zod'
import type { Language } from '../problems/problem.ts'
import type { block } from './api/installation.ts'

export type Block = z.output<typeof block>
type Span = Extract<Block, { is: 'paragraph' }>['spans'][number]

/** The parts of a connector's README that are for the merchant, by language (CONTRIBUTING, "A new connector"). */
const headings: Readonly<Record<Language, readonly string[]>> = {
  nl: ['Verbinden', 'Rechten'],
  en: ['Connecting', 'Rights'],
}

/** What only engineers look up: "[0.9]", "(contract §3.4)". */
const sources = /\s*(\[\d+(\.\d+)*\]|\((contract\w*\s)?§[^)]*\)|\(contract [^)]*\))/g

const marks =
  /\*\*(?<strong>[^*]+)\*\*|_(?<em>[^_\s][^_]*)_|`(?<code>[^`]+)`|\[(?<name>[^\]]+)\]\((?<href>https?:[^)]+)\)/g

/** Bold, slanted, code and links; everything else is text. */
export const spansOf = (text: string): Span[] => {
  const spans: Span[] = []
  let from = 0
  for (const found of text.matchAll(marks)) {
    if (found.index > from) spans.push({ text: text.slice(from, found.index) })
    const { strong, em, code, name, href } = found.groups ?? {}
    if (strong !== undefined) spans.push({ text: strong, mark: 'strong' })
    else if (em !== undefined) spans.push({ text: em, mark: 'em' })
    else if (code !== undefined) spans.push({ text: code, mark: 'code' })
    else spans.push({ text: name ?? '', ...(href !== undefined && { href }) })
    from = found.index + found[0].length
  }
  if (from < text.length) spans.push({ text: text.slice(from) })
  return spans
}

const cellsOf = (row: string): Span[][] =>
  row
    .replace(/^\||\|$/g, '')
    .split('|')
    .map((cell) => spansOf(cell.trim()))

const item = /^(?<sign>[-*]|\d+\.) +(?<text>.*)$/

/** Lines that belong together: an item with its own second line, a paragraph, a table. */
const blockOf = (lines: readonly string[]): Block[] => {
  const [first = ''] = lines
  if (first.startsWith('### ')) return [{ is: 'heading', spans: spansOf(first.slice(4)) }]
  if (first.startsWith('|')) {
    const [head = '', , ...rows] = lines
    return [{ is: 'table', head: cellsOf(head), rows: rows.map(cellsOf) }]
  }
  const begins = item.exec(first)
  if (begins === null) return [{ is: 'paragraph', spans: spansOf(lines.join(' ')) }]
  const items: string[] = []
  for (const line of lines) {
    const text = item.exec(line)?.groups?.['text']
    if (text !== undefined) items.push(text)
    else items.push(`${items.pop() ?? ''} ${line.trim()}`)
  }
  const ordered = /\d/.test(begins.groups?.['sign'] ?? '')
  return [{ is: 'list', ordered, items: items.map(spansOf) }]
}

/** Markdown as our READMEs use it: headings, paragraphs, flat lists and tables. */
export const blocksOf = (markdown: string): Block[] =>
  markdown
    .replace(sources, '')
    .split(/\n\s*\n/)
    .map((part) => part.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0)
    .flatMap(blockOf)

const sectionOf = (readme: string, heading: string): string | null => {
  const lines = readme.split('\n')
  const start = lines.indexOf(`## ${heading}`)
  if (start < 0) return null
  const end = lines.findIndex((line, at) => at > start && line.startsWith('## '))
  const section = lines.slice(start + 1, end < 0 ? undefined : end).join('\n')
  // What stands under "for the operator" is not for the merchant.
  return section.split(/^### (?:For the operator|Voor de beheerder)$/m)[0] ?? ''
}

/** The merchant's part of a README, in the wanted language where it is written in that; else in English. */
export const guideOf = (
  readme: string,
  wanted: Language,
): { language: Language; blocks: Block[] } => {
  const partIn = (language: Language) =>
    headings[language].flatMap((heading, at) => {
      const section = sectionOf(readme, heading)
      if (section === null) return []
      return at === 0 ? [section] : [`### ${heading}\n\n${section}`]
    })
  const own = partIn(wanted)
  const language = own.length > 0 ? wanted : 'en'
  return { language, blocks: blocksOf((own.length > 0 ? own : partIn('en')).join('\n\n')) }
}
