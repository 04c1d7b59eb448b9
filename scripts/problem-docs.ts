import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { format } from 'prettier'
import { catalogue, explain, type ProblemCode } from '../src/problems/catalogue.ts'
import { exampleFigures } from '../src/support/help/example-figures.ts'
import { groupOf, problemGroups } from '../src/support/help/topics.ts'

/*
 * Writes docs/problems/ from the catalogue, a page for each head; with --check it only says whether what stands
 * there is what would be written. The dashboard shows the same at /help.
 */

const folder = path.resolve(import.meta.dirname, '..', 'docs', 'problems')
const codes = (Object.keys(catalogue) as ProblemCode[]).sort()
const notice = '<!-- Written by scripts/problem-docs.ts from the catalogue; do not edit. -->'

const part = (code: ProblemCode): string => {
  const figures = exampleFigures(code)
  const [nl, en] = (['nl', 'en'] as const).map((language) => explain(code, figures, language))
  const { httpStatus } = catalogue[code]
  const answer = httpStatus === undefined ? '' : `\n\nHTTP status ${httpStatus}.`
  return `## ${code}

|  | English | Nederlands |
| --- | --- | --- |
| message | ${en?.text ?? ''} | ${nl?.text ?? ''} |
| cause | ${en?.cause ?? ''} | ${nl?.cause ?? ''} |
| remedy | ${en?.remedy ?? ''} | ${nl?.remedy ?? ''} |${answer}`
}

const groups = Object.entries(problemGroups)
  .map(([id, { title }]) => ({ id, title, codes: codes.filter((code) => groupOf(code) === id) }))
  .filter((group) => group.codes.length > 0)

const index = `${notice}

# Every code of the catalogue

A code never changes its meaning and is never used again for another. Figures are those of an example.

${groups
  .map(
    ({ id, title, codes: some }) =>
      `## [${title.en}](${id}.md)\n\n${some
        .map((code) => `- [${code}](${id}.md#${code.toLowerCase()})`)
        .join('\n')}`,
  )
  .join('\n\n')}
`

const pages = new Map<string, string>([
  ['README.md', index],
  ...groups.map(({ id, title, codes: some }): [string, string] => [
    `${id}.md`,
    `${notice}\n\n# ${title.en}\n\n${some.map(part).join('\n\n')}\n`,
  ]),
])

const isCheck = process.argv.includes('--check')
let wrong = 0
await mkdir(folder, { recursive: true })
for (const [name, text] of pages) {
  const file = path.join(folder, name)
  const wanted = await format(text, { parser: 'markdown', printWidth: 100 })
  const found = await readFile(file, 'utf8').catch(() => '')
  if (found === wanted) continue
  wrong += 1
  if (isCheck)
    console.error(`docs/problems/${name} is not what the catalogue says; run npm run docs`)
  else await writeFile(file, wanted)
}
if (!isCheck) console.log(`${wrong} of ${pages.size} pages written`)
process.exitCode = isCheck && wrong > 0 ? 1 : 0
