import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { catalogue } from './catalogue.ts'

/*
 * Every code has a test that provokes it. A test counts when it expects the code: the code stands in a matcher, in a
 * comparison or in a table of cases. A code that the same file makes itself (`reason('X')`) or hands to a helper,
 * as a row of the database or a stored reason, was put there and not provoked: such a file proves nothing about it.
 */

const root = path.resolve(import.meta.dirname, '../..')
const makers = new Set(['reason', 'finding', 'ProblemAnswer', 'topicPage'])

type Place = 'expected' | 'made' | 'handed over'

/** `expect(…).toBe('X')`, or a function of the test that is named so. */
const isMatcher = ({ expression }: ts.CallExpression): boolean =>
  ts.isPropertyAccessExpression(expression)
    ? /^expect\W/.test(expression.expression.getText())
    : /^expect\w/.test(expression.getText())

/** Test tables, and the pieces that one is put together from. */
const isTableCall = ({ expression }: ts.CallExpression): boolean =>
  /(^|\.)(each|check)\b|^Object\.entries$|^new Map$/.test(expression.getText())

const placeOf = (text: ts.Node): Place => {
  let node = text
  while (!ts.isSourceFile(node.parent)) {
    const { parent } = node
    const isCall = ts.isCallExpression(parent) || ts.isNewExpression(parent)
    if (isCall && parent.expression !== node) {
      const name = parent.expression.getText()
      if (makers.has(name)) return parent.arguments?.[0] === text ? 'made' : 'handed over'
      if (ts.isNewExpression(parent)) return 'handed over'
      return isMatcher(parent) || isTableCall(parent) ? 'expected' : 'handed over'
    }
    if (ts.isBinaryExpression(parent) || ts.isCaseClause(parent)) return 'expected'
    // A table, or what a function of the test says it expects.
    if (ts.isArrayLiteralExpression(parent) || ts.isVariableDeclaration(parent)) return 'expected'
    if (ts.isArrowFunction(parent) || ts.isReturnStatement(parent)) return 'expected'
    node = parent
  }
  return 'expected'
}

const expectedIn = (file: string): string[] => {
  const text = readFileSync(path.join(root, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const expected = new Set<string>()
  const made = new Set<string>()
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit)
    if (!ts.isStringLiteralLike(node) && !ts.isRegularExpressionLiteral(node)) return
    const codes = node.text.match(/[A-Z]+(?:_[A-Z]+)*/g) ?? []
    const place = codes.length === 0 ? 'handed over' : placeOf(node)
    for (const code of codes) {
      if (place === 'expected') expected.add(code)
      if (place === 'made') made.add(code)
    }
  }
  visit(source)
  return [...expected].filter((code) => !made.has(code))
}

test('every code of the catalogue is provoked by a test', { timeout: 120_000 }, () => {
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
  expect(Object.keys(catalogue).filter((code) => !expected.has(code))).toEqual([])
})
