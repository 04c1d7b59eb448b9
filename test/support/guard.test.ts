import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../crash/processes.ts'

const guardModule = new URL('guard.ts', import.meta.url).href

/** Stands for a server, and a process that has it guarded; `then` is what that does next. */
const startBoth = async (then: string) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-guard-'))
  const server = spawn('sleep', ['300'], { stdio: 'ignore' })
  const ended = once(server, 'exit')
  const program = `
    import { guard } from ${JSON.stringify(guardModule)}
    const dismiss = guard(${server.pid}, ${JSON.stringify(folder)})
    console.log('guarded')
    ${then}`
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(async () => {
    server.kill('SIGKILL')
    owner.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })
  const left = once(owner, 'exit')
  await once(owner.stdout, 'data')
  return { folder, server, ended, owner, left }
}

test('a server whose process was killed ends in order, and its folder goes', async () => {
  const { folder, ended, owner, server } = await startBoth('setInterval(() => undefined, 1_000)')
  expect(server.exitCode).toBe(null)
  owner.kill('SIGKILL')
  expect(await ended).toEqual([null, 'SIGINT'])
  await until('the folder is gone', 20_000, () => (existsSync(folder) ? null : true))
})

test('a guard that was called off lets its process end, and stops nothing', async () => {
  const { folder, server, left } = await startBoth('dismiss()')
  expect(await left).toEqual([0, null])
  expect([server.exitCode, server.signalCode]).toEqual([null, null])
  expect(existsSync(folder)).toBe(true)
})
