import { fillIn } from '../../problems/problem.ts'
import { vatProblems } from '../../problems/vat-problems.ts'
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { VatProblemCode } from '../../vat/vat-finding.ts'

/** One line a command writes. */
export interface Output {
  to: 'stdout' | 'stderr'
  line: string
}

/**
 * A command: writes lines one by one, so that a pipe of any length takes no memory, and ends with its exit
 * code: 0, or 2 for a mistake in how it was called. `stdin` gives lines without their line ends.
 */
export type Command = (
  args: readonly string[],
  stdin: AsyncIterable<string>,
) => AsyncGenerator<Output, number, void>

/** A mistake in the arguments; its message is the line for a person. */
export class Mistake extends Error {
  override readonly name = 'Mistake'
}

/** A mistake that is in the catalogue: code, what is wrong, what to do. */
export const mistake = (
  code: VatProblemCode,
  params: Readonly<Record<string, string>>,
): Mistake => {
  const { text, remedy } = vatProblems[code]
  return new Mistake(`${code}: ${fillIn(text, params, 'en')} ${fillIn(remedy, params, 'en')}`)
}

const numeric = /^-[\d.]/

/** `--net -1.00` is clear to a person; parseArgs wants `--net=-1.00`. */
const joined = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    const next = args[index + 1]
    const takesNext =
      arg.startsWith('--') && !arg.includes('=') && next !== undefined && numeric.test(next)
    const taken =
      numeric.test(arg) &&
      (args[index - 1]?.startsWith('--') ?? false) &&
      !args[index - 1]?.includes('=')
    if (takesNext) return [`${arg}=${next}`]
    return taken ? [] : [arg]
  })

/**
 * Reads options that all take a text.
 * @throws Mistake for an unknown option, a missing value or a stray argument
 */
export const readOptions = <Name extends string>(
  args: readonly string[],
  names: readonly Name[],
  usage: string,
): { values: Partial<Record<Name, string>>; positionals: string[] } => {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    names.map((name) => [name, { type: 'string' as const }]),
  )
  try {
    const parsed = parseArgs({ args: joined(args), options, allowPositionals: true, strict: true })
    const values: Partial<Record<Name, string>> = {}
    for (const name of names) {
      const value = parsed.values[name]
      if (typeof value === 'string') values[name] = value
    }
    return { values, positionals: parsed.positionals }
  } catch (error) {
    const [first = ''] = (error instanceof Error ? error.message : String(error)).split(/\.(\s|$)/)
    throw new Mistake(`${first}. Usage: ${usage}`)
  }
}

/** The value of an option that may not be left out. */
export const required = (value: string | undefined, name: string, usage: string): string => {
  if (value === undefined) throw new Mistake(`Option --${name} is missing. Usage: ${usage}`)
  return value
}

/** One of a few words. */
export const oneOf = <Word extends string>(
  value: string,
  words: readonly Word[],
  name: string,
): Word => {
  const word = words.find((each) => each === value)
  if (word === undefined)
    throw new Mistake(`Option --${name} is "${value}" but must be ${words.join(' or ')}.`)
  return word
}

const json = (value: unknown): Output => ({ to: 'stdout', line: JSON.stringify(value) })

/** Makes a command of a function that gives values: each one line of JSON; a Mistake becomes one line on stderr. */
export const jsonCommand = (
  run: (
    args: readonly string[],
    stdin: AsyncIterable<string>,
  ) => AsyncIterable<unknown> | Iterable<unknown>,
): Command =>
  async function* command(args, stdin) {
    try {
      for await (const value of run(args, stdin)) yield json(value)
      return 0
    } catch (error) {
      if (!(error instanceof Mistake)) throw error
      yield { to: 'stderr', line: error.message.replace(/\s+/g, ' ') }
      return 2
    }
  }
