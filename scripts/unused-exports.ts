/**
 * Fails when a value is exported that no other file mentions; types are part of what uses them. It compares
 * names, not symbols: a name that two files export hides one that is unused, but nothing that is used is ever
 * reported.
 */
import { readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'

const declared = /^export (?:async )?(?:const|let|function\*?|class) (\w+)/gm

const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.ts', '*.tsx'])
  .toString()
  .trim()
  .split('\n')
const words = new Map(
  files.map((file) => [file, new Set(readFileSync(file, 'utf8').match(/\w+/g) ?? [])] as const),
)

const unused = files
  .filter((file) => !/\.(test|config|d)\.tsx?$|^test\/support\/global-setup/.test(file))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(declared)]
      .map(([, name = '']) => name)
      .filter((name) => files.every((other) => other === file || !words.get(other)?.has(name)))
      .map((name) => `${file}: ${name} is exported and used nowhere else`),
  )
for (const line of unused) console.log(line)
process.exitCode = unused.length === 0 ? 0 : 1
