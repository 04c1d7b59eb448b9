import { tmpdir } from 'node:os'
import path from 'node:path'

/** Node's own variable: where it keeps what it compiled, by what it was compiled from. */
const variable = 'NODE_COMPILE_CACHE'

/** From here on what a process of the tests compiles is there for the next: a third of every start. */
export const shareCompiledCode = (): void => {
  // Where Node puts it by itself for who asks for it without naming a folder.
  process.env[variable] ??= path.join(tmpdir(), 'node-compile-cache')
}

/** For the environment of a program: the folder that is shared, or else `own`. */
export const compiledCode = (own?: string): Readonly<Record<string, string>> => {
  const folder = process.env[variable] ?? own
  return folder === undefined ? {} : { [variable]: folder }
}
