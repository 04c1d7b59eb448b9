import type { Config } from '../config.ts'
import { addOperator, linkHours, removeOperator } from '../operator/operators.ts'
import { openRuntime } from './runtime.ts'

interface Wanted {
  what: 'add' | 'remove'
  email: string
  name: string
  language: 'nl' | 'en'
}

/** Gives the console to somebody, or takes it away. @returns what to tell the person at the keyboard */
export const operatorCommand = async (
  config: Config,
  { what, email, name, language }: Wanted,
): Promise<string[]> => {
  const runtime = await openRuntime(config, { role: 'sender' })
  try {
    const room = { ...runtime.engine, pool: runtime.pool, signIn: await runtime.openSignIn() }
    if (what === 'remove') {
      const removed = await removeOperator(room, email)
      return [removed ? `${email} is no operator any more` : `${email} is no operator`]
    }
    const { token } = await addOperator(room, { email, name, language })
    const { publicUrl } = config
    return token === null
      ? [`${email} is an operator now, with the password they have: ${publicUrl}/operator`]
      : [
          `${email} is an operator now. This link sets the password, once, within ${linkHours} hours:`,
          `${publicUrl}/operator/welcome#${token}`,
        ]
  } finally {
    await runtime.close()
  }
}
