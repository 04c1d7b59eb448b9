import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'

/*
 * Every code has a test that provokes it. A test counts when it expects the code: the code stands in it as a text
 * and not as what the test itself makes a problem of (`reason('X')`).
 */

const root = path.resolve(import.meta.dirname, '../..')
const makers = new Set(['reason', 'finding', 'ProblemAnswer', 'explain', 'topicPage'])

/** Texts that a room still to be built will need; see the test of the same name in catalogue.test.ts. */
const waiting = new Set(['CONNECTION_BROKEN'])

const isMade = (node: ts.Node): boolean => {
  const { parent } = node
  const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent)
  return isCall && parent.arguments?.[0] === node && makers.has(parent.expression.getText())
}

const expectedIn = (file: string): string[] => {
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    const isText = ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node)
    if (isText && !isMade(node)) found.push(...(node.text.match(/[A-Z]+(?:_[A-Z]+)*/g) ?? []))
  }
  visit(source)
  return found
}

test('every code of the catalogue is expected by a test', { timeout: 120_000 }, () => {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map(
      (file) => `${folder}/${file}`,
    ),
  )
  const tests = files.filter(
    (file) =>
      (file.endsWith('.test.ts') || (file.startsWith('test/') && file.endsWith('.ts'))) &&
      !/^src\/(problems|support\/help)\//.test(file),
  )
  expect(tests.length).toBeGreaterThan(100)
  const expected = new Set(tests.flatMap(expectedIn))
  const missing = Object.keys(catalogue).filter((code) => !expected.has(code))
  expect(missing.filter((code) => !waiting.has(code))).toEqual([])
})
