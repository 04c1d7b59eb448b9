#!/usr/bin/env node
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Command } from './commands/vat/answer.ts'
import type { Config } from './config.ts'

const usage = `doorvoer <command>

  serve              web server and worker in one process
  web                the web server only
  worker             a worker only
  migrate [--roles]  bring the database up to date; --roles: and make the two roles
                     that web and worker can run under with the least rights
  demo [--once] [--json] [--pair WEBSHOP:ACCOUNTING|all]
                     the whole product with sandboxes; --once: headless, judged;
                     --pair all: every pair one after the other, as a matrix;
                     --remote SYSTEM=BASE_URL, once per end: a real shop, that is only
                     read; with --write also real books, where what is booked stays;
                     --home NL|BE: where the merchant of a real shop is, NL by itself
  conformance --remote SYSTEM=BASE_URL [--write] [--json] [--only SUITE/NAME]
                     a connector against a real installation, its keys from
                     DOORVOER_REMOTE_<SYSTEM>_<FIELD>; --write: makes a marked
                     debtor and invoice; --only: the cases with NAME in their names,
                     SUITE being webshop, accounting or a system
  backup FILE [--with-keys]
                     everything of the database into one file, while all goes on;
                     --with-keys: also the keys of DOORVOER_HOME
  restore FILE       such a file into an empty database
  keys new|rotate    make a key; seal everything with the newest key
  operator add EMAIL [--name NAME] [--language nl|en]
  operator remove EMAIL
                     who may use the console; prints a link that sets the password, once
  preview --webshop ID --accounting ID --sale FILE [--settings FILE]
                     how a sale would be booked, and why, as JSON
  vat number|rates|territory|infer …
                     VAT questions, answered as JSON

Settings come from the environment; see .env.example.`

/** A mistake on the command line. */
class UsageError extends Error {}

const out = (line: string) => process.stdout.write(`${line}\n`)

/** Settings from the environment, and from `.env` where there is one. */
const configuration = async (quiet: boolean): Promise<Config> => {
  // Loaded when asked for: VAT questions need none of it.
  const { readConfig } = await import('./config.ts')
  try {
    process.loadEnvFile()
  } catch {
    // No .env file: the environment is all there is.
  }
  const env = quiet ? { DOORVOER_LOG_LEVEL: 'warn', ...process.env } : process.env
  return readConfig(env)
}

const noArguments = (args: readonly string[]): void => {
  if (args[0] !== undefined) throw new UsageError(`"${args[0]}" is too much here`)
}

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  async serve(args) {
    noArguments(args)
    const { serve } = await import('./commands/serve.ts')
    await serve(await configuration(false), ['web', 'worker'])
    return 0
  },
  async web(args) {
    noArguments(args)
    const { serve } = await import('./commands/serve.ts')
    await serve(await configuration(false), ['web'])
    return 0
  },
  async worker(args) {
    noArguments(args)
    const { serve } = await import('./commands/serve.ts')
    await serve(await configuration(false), ['worker'])
    return 0
  },
  async migrate(args) {
    const { values } = readFlags(args, { roles: { type: 'boolean' } })
    const { openRuntime } = await import('./commands/runtime.ts')
    const { grantRoles, roles } = await import('./database/roles.ts')
    const runtime = await openRuntime(await configuration(true), { role: 'sender' })
    try {
      if (values.roles === true) await grantRoles(runtime.engine.db as never)
    } finally {
      await runtime.close()
    }
    out('the database is up to date')
    if (values.roles === true) out(`${roles.web} and ${roles.worker} have the rights they need`)
    return 0
  },
  async demo(args) {
    const { values } = readFlags(args, {
      once: { type: 'boolean' },
      json: { type: 'boolean' },
      pair: { type: 'string' },
      remote: { type: 'string', multiple: true },
      write: { type: 'boolean' },
      home: { type: 'string' },
    })
    const { once = false, json = false, remote = [], write = false } = values
    if (json && !once) throw new UsageError('--json goes with --once')
    const { readPair, standardPair, whichPairs } = await import('./commands/demo/pairs.ts')
    const pair = values.pair === undefined ? standardPair : readPair(values.pair)
    if (pair === null) throw new UsageError(`there is no such pair; ${whichPairs}`)
    if (pair === 'all' && !once) throw new UsageError('--pair all goes with --once')
    if (remote.length > 0 && (pair === 'all' || !once))
      throw new UsageError('--remote goes with --once and one pair')
    const { readRemotes } = await import('./commands/remote/remote.ts')
    const { realEndsOf } = await import('./commands/demo/real-ends.ts')
    const config = await configuration(true)
    const real = realEndsOf(readRemotes(remote, process.env), pair, write, values.home)
    const { buildDashboard } = await import('./commands/build-dashboard.ts')
    const { demo } = await import('./commands/demo/demo.ts')
    if (!once) await buildDashboard()
    return demo(config, { once, json, pair, real }, out)
  },
  async conformance(args) {
    const { values } = readFlags(args, {
      remote: { type: 'string', multiple: true },
      write: { type: 'boolean' },
      json: { type: 'boolean' },
      only: { type: 'string' },
    })
    const { remote = [], write = false, json = false, only = null } = values
    if (remote.length === 0) throw new UsageError('--remote SYSTEM=BASE_URL is missing')
    const config = await configuration(true)
    const { readRemotes } = await import('./commands/remote/remote.ts')
    const remotes = readRemotes(remote, process.env)
    const { conformance } = await import('./commands/remote/conformance.ts')
    const { wallClock } = await import('./world/clock.ts')
    const { systemRandom } = await import('./world/random.ts')
    const { privateAllowed } = config
    const options = { remotes, write, json, only, privateAllowed, env: process.env }
    return conformance(options, { clock: wallClock, random: systemRandom }, out)
  },
  async backup([file, ...rest]) {
    if (file === undefined || file.startsWith('-'))
      throw new UsageError('backup FILE [--with-keys]')
    const { values } = readFlags(rest, { 'with-keys': { type: 'boolean' } })
    const { backupCommand } = await import('./commands/backup.ts')
    const config = await configuration(true)
    const { rows, keys } = await backupCommand(config, file, values['with-keys'] ?? false)
    out(`${rows} rows are in ${file}`)
    if (!keys) {
      const where = config.keyRing === undefined ? `${config.home}/keys` : 'DOORVOER_KEYS'
      out(`keep ${where} elsewhere: without it the credentials in the backup can't be opened`)
    }
    return 0
  },
  async restore([file, ...rest]) {
    noArguments(rest)
    if (file === undefined) throw new UsageError('restore FILE')
    const { restoreCommand } = await import('./commands/backup.ts')
    const { rows, at } = await restoreCommand(await configuration(true), file)
    out(`${rows} rows of ${at} were restored; make sure that nothing runs on the old database`)
    return 0
  },
  async keys([what, ...rest]) {
    noArguments(rest)
    const { makeKey, rotateKeys } = await import('./commands/keys.ts')
    if (what === 'new') out(makeKey())
    else if (what === 'rotate')
      out(`renewed ${await rotateKeys(await configuration(true))} envelopes`)
    else throw new UsageError('keys new, or keys rotate')
    return 0
  },
  async operator([what, email, ...rest]) {
    if ((what !== 'add' && what !== 'remove') || email === undefined || !email.includes('@')) {
      throw new UsageError('operator add EMAIL, or operator remove EMAIL')
    }
    const { values } = readFlags(rest, { name: { type: 'string' }, language: { type: 'string' } })
    const { language = 'nl', name = email } = values
    if (language !== 'nl' && language !== 'en') throw new UsageError('--language nl, or en')
    const { operatorCommand } = await import('./commands/operator.ts')
    for (const line of await operatorCommand(await configuration(true), {
      what,
      email,
      name,
      language,
    })) {
      out(line)
    }
    return 0
  },
  async preview(args) {
    const { previewCommand } = await import('./commands/preview.ts')
    return answer(previewCommand, args)
  },
  async vat([what, ...rest]) {
    const { vatCommands } = await import('./commands/vat/commands.ts')
    const command = named(vatCommands, what)
    if (command === undefined) {
      throw new UsageError(`vat ${Object.keys(vatCommands).join('|')}`)
    }
    return answer(command, rest)
  },
}

/** Runs a command that answers in lines of JSON. @returns its exit code */
const answer = async (command: Command, args: string[]): Promise<number> => {
  const lines = createInterface({ input: process.stdin, crlfDelay: Infinity })
  const run = command(args, lines)
  for (;;) {
    const step = await run.next()
    if (step.done) {
      lines.close()
      return step.value
    }
    process[step.value.to].write(`${step.value.line}\n`)
  }
}

const readFlags = <T extends NonNullable<Parameters<typeof parseArgs>[0]>['options']>(
  args: string[],
  options: T & {},
) => {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false })
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? '')
  }
}

/** The entry of a table that a person named; nothing of what every object inherits. */
const named = <T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined =>
  name !== undefined && Object.hasOwn(table, name) ? table[name] : undefined

/** What went wrong outside this program, by the codes of Node and PostgreSQL. */
const outside: readonly (readonly [RegExp, string])[] = [
  [
    /^(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ETIMEDOUT|EAI_AGAIN)$/,
    'the database server can not be reached',
  ],
  [/^(28|3D)/, 'the database server lets nobody in like this'],
  [/^(ENOTDIR|EACCES|EROFS|ENOSPC|EPERM|EEXIST)$/, 'DOORVOER_HOME can not be used'],
]

/** The lines for the person at the keyboard; null when it is a fault of ours. */
const mistakeOf = (error: unknown): readonly string[] | null => {
  if (!(error instanceof Error)) return null
  if ('lines' in error && Array.isArray(error.lines)) return error.lines.map(String)
  if (error.name === 'PortTaken' || error.name === 'EmbeddedDatabaseError') return [error.message]
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = outside.find(([codes]) => codes.test(code))
  return known === undefined ? null : [`${known[1]} (${error.message || code})`]
}

/** Mistakes of a person get one clear line and exit code 2; everything else is a fault of ours. */
const main = async ([name, ...args]: string[]): Promise<number> => {
  const command = named(commands, name)
  if (command === undefined) {
    const asked = name === undefined || name === 'help' || name === '--help'
    process[asked ? 'stdout' : 'stderr'].write(
      asked ? `${usage}\n` : `doorvoer: there is no command "${name}"; try doorvoer help\n`,
    )
    return name === undefined || !asked ? 2 : 0
  }
  try {
    return await command(args)
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`doorvoer ${name}: ${error.message}\n`)
      return 2
    }
    const lines = mistakeOf(error)
    if (lines === null) throw error
    for (const line of lines) process.stderr.write(`doorvoer: ${line}\n`)
    return 2
  }
}

process.exitCode = await main(process.argv.slice(2))
