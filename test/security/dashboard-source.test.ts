import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'

/*
 * React writes text as text. These are the ways around it; the dashboard uses none of them, so that what a buyer
 * calls himself, or a remote says, is nowhere read as markup or followed as a script.
 */

const root = path.resolve(import.meta.dirname, '../../web')

const sources = ['src', 'public'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    // Tests reach no browser, and name what they refuse.
    .filter((file) => /\.(ts|tsx|js|html)$/.test(file) && !file.endsWith('.test.ts'))
    .map((file) => ({ file, text: readFileSync(path.join(root, folder, file), 'utf8') })),
)

const ways: readonly [string, RegExp][] = [
  ['markup from text', /dangerouslySetInnerHTML|\.(inner|outer)HTML|insertAdjacentHTML|srcdoc/i],
  ['a document written', /document\.write|createContextualFragment|DOMParser/],
  ['text run as a program', /\beval\s*\(|new Function\s*\(|setTimeout\s*\(\s*['"`]/],
  ['an address that is a script', /javascript:/i],
]

it.each(ways)('holds nothing of the kind: %s', (_, way) => {
  expect(sources.length).toBeGreaterThan(100)
  expect(sources.filter(({ text }) => way.test(text)).map(({ file }) => file)).toEqual([])
})

it('translations escape nothing twice and run nothing: no HTML in them', () => {
  const texts = readdirSync(path.join(root, 'src/i18n'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => ({ file, text: readFileSync(path.join(root, 'src/i18n', file), 'utf8') }))
  expect(texts.length).toBeGreaterThan(10)
  const marked = texts.filter(({ text }) => /<(script|img|svg|iframe|a\s|style)/i.test(text))
  expect(marked.map(({ file }) => file)).toEqual([])
})
