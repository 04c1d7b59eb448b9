import { spawn } from 'node:child_process'

// `read` ends when the pipe does, and the pipe ends with the process that holds its other end, however that dies.
const script = `
read -r _
kill -INT "$1"
for _ in $(seq 300); do kill -0 "$1" || break; sleep 0.1; done
rm -rf "$2"`

/**
 * Has a server stopped and its folder removed when this process is gone, also when it was killed and could do neither
 * itself: a server that nobody asks for any more would stay for ever.
 * @param pid of a server that ends in order at SIGINT, as PostgreSQL does
 * @returns how to call the guard off, once the server was stopped
 */
export const guard = (pid: number, folder: string): (() => void) => {
  const child = spawn('sh', ['-c', script, 'guard', String(pid), folder], {
    // Out of reach of a Ctrl+C that is meant for us.
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  // Where there is no sh there is no guard.
  child.on('error', () => undefined)
  child.unref()
  return () => {
    child.kill('SIGKILL')
  }
}
