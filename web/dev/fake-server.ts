import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** Starts the stand-in server in a process of its own. @returns its address, and how to stop it */
export const startFakeServer = async (
  port: number,
): Promise<{ address: string; stop: () => Promise<void> }> => {
  const child = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'fake-api.ts'), String(port)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const ended = once(child, 'exit')
  // Its first words are its address; when it dies before, there is nothing to look at.
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => Promise.reject(new Error('the stand-in server did not start'))),
  ])
  return {
    address: `http://127.0.0.1:${port}`,
    async stop() {
      child.kill()
      await ended
    },
  }
}
