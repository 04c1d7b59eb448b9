import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { environmentNames } from '../../src/config.ts'

/** The units of systemd that docs/operate tells to install. */
const units = ['doorvoer-web.service', 'doorvoer-worker@.service']

const project = path.resolve(import.meta.dirname, '../..')

/** The values of a setting of a unit, in their order. */
const valuesOf = (unit: string, setting: string): string[] =>
  unit
    .split('\n')
    .filter((line) => line.startsWith(`${setting}=`))
    .map((line) => line.slice(setting.length + 1))

describe.each(units)('%s', (name) => {
  const read = () => readFile(path.join(project, 'ops', name), 'utf8')

  it('keeps what it writes outside the program, which is read-only to it', async () => {
    const unit = await read()
    expect(valuesOf(unit, 'ProtectSystem')).toEqual(['strict'])
    const [state] = valuesOf(unit, 'StateDirectory')
    expect(valuesOf(unit, 'Environment')).toContain(`DOORVOER_HOME=/var/lib/${state}`)
  })

  it('sets nothing that Doorvoer does not know', async () => {
    const names = valuesOf(await read(), 'Environment').map((each) => each.split('=')[0])
    expect(names.filter((each) => !environmentNames.includes(each ?? ''))).toEqual([])
  })

  it('runs a program that is there, by a command that is one', async () => {
    const unit = await read()
    const [folder = ''] = valuesOf(unit, 'WorkingDirectory')
    const [program, main, command] = (valuesOf(unit, 'ExecStart')[0] ?? '').split(' ')
    expect(program).toBe(`${folder}/node_modules/.bin/node`)
    expect(await readFile(path.join(project, main ?? ''), 'utf8')).toMatch(
      new RegExp(`^  async ${command ?? ''}\\(|^  ${command ?? ''}[:,(]`, 'm'),
    )
  })
})
