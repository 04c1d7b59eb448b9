import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { accountingProblems } from './accounting-problems.ts'
import { bookingProblems } from './booking-problems.ts'
import { catalogue, explain, isProblemCode, type ProblemCode } from './catalogue.ts'
import { connectionProblems } from './connection-problems.ts'
import { licenceProblems } from './licence-problems.ts'
import type { Problem } from './problem.ts'
import { requestProblems } from './request-problems.ts'
import { saleProblems } from './sale-problems.ts'
import { shopHostProblems } from './shop-host-problems.ts'
import { vatProblems } from './vat-problems.ts'

const areas: Record<string, Record<string, Problem>> = {
  'accounting-problems': accountingProblems,
  'booking-problems': bookingProblems,
  'connection-problems': connectionProblems,
  'licence-problems': licenceProblems,
  'request-problems': requestProblems,
  'sale-problems': saleProblems,
  'shop-host-problems': shopHostProblems,
  'vat-problems': vatProblems,
}

const entries = Object.entries(catalogue) as [ProblemCode, Problem][]
const parts = ['text', 'cause', 'remedy'] as const

const placesOf = (template: string) =>
  [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort()

/** Every `{name}` of a problem, in all its texts. */
const figuresOf = (problem: Problem) =>
  [...new Set(parts.flatMap((part) => placesOf(problem[part].nl + problem[part].en)))].sort()

/**
 * Everything a text may mention. Reasons are stored and logged, so a new figure must be looked at: no name,
 * no address, no e-mail address, no words of a buyer. `said` are Mollie's words about a payment of our own.
 */
const harmless = new Set(
  `allowed amount attempts booked cause code count country currency date days debtor difference discount field fit gross
   fitting found from legal length line marking max minutes most net number predicted proposal quantity quarter
   rate raw reference said sale scope stated state status sum system tax today total until vat why`
    .trim()
    .split(/\s+/),
)

describe('the catalogue', () => {
  it('is made of the files of this folder, all of them', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('-problems.ts'))
    expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(Object.keys(areas).sort())
    expect(entries.length).toBeGreaterThan(80)
  })

  it('has every code in one file only: the later one would silently win', () => {
    const places = Object.entries(areas).flatMap(([area, problems]) =>
      Object.keys(problems).map((code) => ({ code, area })),
    )
    const byCode = Map.groupBy(places, ({ code }) => code)
    expect([...byCode].filter(([, found]) => found.length > 1)).toEqual([])
    expect([...byCode.keys()].sort()).toEqual(Object.keys(catalogue).sort())
  })

  it('knows its own codes and no others', () => {
    expect(isProblemCode('NOT_FOUND')).toBe(true)
    expect(isProblemCode('NOT_A_CODE')).toBe(false)
    expect(isProblemCode('constructor')).toBe(false)
    expect(isProblemCode('__proto__')).toBe(false)
  })
})

describe.each(entries)('%s', (code, problem) => {
  it('says what, why and what to do in both languages, in whole sentences', () => {
    for (const part of parts) {
      for (const language of ['nl', 'en'] as const) {
        const text = problem[part][language]
        expect(text.trim()).toBe(text)
        expect(text.length).toBeGreaterThan(9)
        expect(text).toMatch(/[.!?]$/)
        expect(text).not.toMatch(/\{(?!\w+\})|(?<!\{\w+)\}/)
      }
    }
    expect(problem.text.nl).not.toBe(problem.text.en)
  })

  it('mentions the same figures in both languages', () => {
    for (const part of parts) {
      expect(placesOf(problem[part].nl)).toEqual(placesOf(problem[part].en))
    }
  })

  it('mentions nothing personal', () => {
    expect(figuresOf(problem).filter((name) => !harmless.has(name))).toEqual([])
  })

  it('is explained without a hole once its figures are given', () => {
    const params = Object.fromEntries(figuresOf(problem).map((name) => [name, `<${name}>`]))
    for (const language of ['nl', 'en'] as const) {
      const words = Object.values(explain(code, params, language)).join(' ')
      expect(words).not.toMatch(/[{}]|undefined|null|\[object/)
      for (const name of figuresOf(problem)) expect(words).toContain(`<${name}>`)
    }
  })
})

describe('problems of a request', () => {
  it.each(Object.entries(requestProblems))('%s has a status', (_, problem) => {
    expect(problem).toHaveProperty('httpStatus')
  })

  const answered = entries.filter(([, problem]) => problem.httpStatus !== undefined)
  it.each(answered)('%s, of whatever room, has the status of an error', (_, problem) => {
    expect(problem.httpStatus).toBeGreaterThanOrEqual(400)
    expect(problem.httpStatus).toBeLessThanOrEqual(599)
  })
})

/** A place in the sources that names a problem, with the figures it gives where they can be read off. */
interface Mention {
  place: string
  callee: string
  code: ProblemCode
  /** null: given by a variable or a spread. */
  given: readonly string[] | null
}

const sources = path.resolve(import.meta.dirname, '..')

const nameOf = (callee: ts.Expression): string =>
  ts.isIdentifier(callee)
    ? callee.text
    : ts.isPropertyAccessExpression(callee)
      ? callee.name.text
      : ''

const keysOf = (literal: ts.ObjectLiteralExpression): readonly string[] | null => {
  const names: string[] = []
  for (const property of literal.properties) {
    if (ts.isSpreadAssignment(property)) return null
    if (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) {
      names.push(property.name.text)
    }
  }
  return names
}

/** Calls whose first argument is a code of the catalogue: reason('X', {…}), new ProblemAnswer('X'), … */
const mentionsIn = (file: string): Mention[] => {
  const text = readFileSync(path.join(sources, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const mentions: Mention[] = []
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return
    const [first, second] = node.arguments ?? []
    if (first === undefined || !ts.isStringLiteral(first) || !isProblemCode(first.text)) return
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
    const given =
      second === undefined ? [] : ts.isObjectLiteralExpression(second) ? keysOf(second) : null
    mentions.push({
      place: `${file}:${line}`,
      callee: nameOf(node.expression),
      code: first.text,
      given,
    })
  }
  visit(source)
  return mentions
}

const mentions = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .filter((file) => !file.includes('/fixtures/') && !file.startsWith('commands/demo/'))
  .flatMap(mentionsIn)

describe('the sources', () => {
  it('can be read for the problems they name', () => {
    expect(mentions.length).toBeGreaterThan(80)
    expect(mentions.filter(({ callee }) => callee === 'reason').length).toBeGreaterThan(40)
  })

  it('give every figure that the text of a problem mentions', () => {
    const holes = mentions.flatMap(({ place, code, given }) => {
      const missing = figuresOf(catalogue[code]).filter((name) => given?.includes(name) === false)
      return missing.map((name) => `${place}: ${code} without {${name}}`)
    })
    expect(holes).toEqual([])
  })

  it('answer requests only with problems that have a status', () => {
    const answers = mentions.filter(({ callee }) => callee === 'ProblemAnswer')
    expect(answers.length).toBeGreaterThan(8)
    expect(answers.filter(({ code }) => catalogue[code].httpStatus === undefined)).toEqual([])
  })
})

describe('a problem nobody ever meets', () => {
  /** Codes that stand in the sources outside the catalogue, in whatever way. */
  const named = new Set(
    readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .filter((file) => !file.startsWith('problems/'))
      .flatMap((file) => readFileSync(path.join(sources, file), 'utf8').match(/\b[A-Z][A-Z_]+\b/g))
      .filter((word) => word !== null),
  )
  it('is a promise that is not kept', () => {
    const unused = Object.keys(catalogue).filter((code) => !named.has(code))
    expect(unused).toEqual([])
  })
})
