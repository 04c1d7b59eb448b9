import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { accountings, webshops } from '../connectors/registry.ts'
import { blocksOf, guideOf, spansOf } from './guide.ts'

const readme = `# Shop

## Connecting

Open the **back office** [2].

1. Press _New_ (contract §3.4);
   it may take a while.
2. Copy the \`key\`.

### For the operator

Register an app.

## Rights

| right | for |
| --- | --- |
| orders | the orders |

## Quirks

None.
`

describe('the guide of a system', () => {
  it('is the part of the README for the merchant, without its sources', () => {
    expect(guideOf(readme, 'en')).toEqual({
      language: 'en',
      blocks: [
        {
          is: 'paragraph',
          spans: [{ text: 'Open the ' }, { text: 'back office', mark: 'strong' }, { text: '.' }],
        },
        {
          is: 'list',
          ordered: true,
          items: [
            [{ text: 'Press ' }, { text: 'New', mark: 'em' }, { text: '; it may take a while.' }],
            [{ text: 'Copy the ' }, { text: 'key', mark: 'code' }, { text: '.' }],
          ],
        },
        { is: 'heading', spans: [{ text: 'Rights' }] },
        {
          is: 'table',
          head: [[{ text: 'right' }], [{ text: 'for' }]],
          rows: [[[{ text: 'orders' }], [{ text: 'the orders' }]]],
        },
      ],
    })
  })

  it('is in Dutch where it was written in Dutch', () => {
    const dutch = `${readme}\n## Verbinden\n\nOpen de beheeromgeving.\n`
    expect(guideOf(readme, 'nl').language).toBe('en')
    expect(guideOf(dutch, 'nl')).toEqual({
      language: 'nl',
      blocks: [{ is: 'paragraph', spans: [{ text: 'Open de beheeromgeving.' }] }],
    })
  })

  it('makes links of web addresses only', () => {
    expect(spansOf('[here](https://a.example) [there](javascript:alert(1))')).toEqual([
      { text: 'here', href: 'https://a.example' },
      { text: ' [there](javascript:alert(1))' },
    ])
  })

  it('leaves nothing of the markdown in the text of any connector, in either language', async () => {
    const all = [
      ...webshops.map(({ id }) => `webshops/${id}`),
      ...accountings.map(({ id }) => `accounting/${id}`),
    ]
    for (const folder of all) {
      const text = await readFile(
        new URL(`../connectors/${folder}/README.md`, import.meta.url),
        'utf8',
      )
      for (const language of ['nl', 'en'] as const) {
        const guide = guideOf(text, language)
        expect([folder, guide.language]).toEqual([folder, language])
        expect(guide.blocks.length).toBeGreaterThan(1)
        const words = JSON.stringify(guide.blocks)
        expect(words).not.toMatch(/\*\*|\]\(|§|contract/)
      }
    }
    expect(blocksOf('')).toEqual([])
  })
})
