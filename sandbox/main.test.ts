import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('main.ts', import.meta.url))

function run(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill())
  return child
}

async function failureOf(...args: string[]): Promise<{ exitCode: number | null; stderr: string }> {
  const child = run(...args)
  let stderr = ''
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await once(child, 'close')
  return { exitCode: child.exitCode, stderr }
}

describe('the command', () => {
  it('starts a sandbox and says where', async () => {
    const child = run('factuursturen', '--latency', '5', '--limits', 'off')
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer]
    const said =
      /^factuursturen sandbox on (http:\/\/127\.0\.0\.1:\d+) \(back office: \1\/_sandbox\/\)\n$/
    const url = said.exec(line.toString())?.[1] ?? ''
    expect(await (await fetch(`${url}/_sandbox/latency`)).json()).toEqual({ latencyMs: 5 })
  })

  it.each([
    [['nothing'], 'unknown system nothing; there are: factuursturen, informer, kmoshops, rompslomp, vies\n'],
    [['factuursturen', '--limits', 'some'], '--limits must be real or off\n'],
    [['factuursturen', '--port', '99999'], '--port must be a whole number from 0 to 65535\n'],
    [['factuursturen', '--speed', '3'], /^Unknown option '--speed'; node sandbox\/main.ts.*\n$/],
    [[], /^node sandbox\/main\.ts <system>.*\n$/],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { exitCode, stderr } = await failureOf(...args)
    expect(exitCode).toBe(2)
    if (typeof message === 'string') expect(stderr).toBe(message)
    else expect(stderr).toMatch(message)
  })
})
