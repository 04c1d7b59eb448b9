import { failureIn, noConnection, type Failure } from './failure.ts'

/** Better-auth's client is only needed at the door, so it is fetched there and not with the first page. */
const auth = async () => {
  const { createAuthClient } = await import('better-auth/react')
  return createAuthClient({ baseURL: `${window.location.origin}/api/auth` })
}

/** @returns null when signed in; the failure otherwise. A wrong password has status 401. */
export const signIn = async (email: string, password: string): Promise<Failure | null> => {
  const client = await auth()
  const { error } = await client.signIn
    .email({ email, password })
    .catch(() => ({ error: { status: 0 } }))
  if (error === null) return null
  return error.status === 0 ? noConnection() : failureIn({ error }, error.status)
}

/** Ends the session. When it fails, the session cookie simply lives on until it expires. */
export const signOut = async (): Promise<void> => {
  const client = await auth()
  await client.signOut().catch(() => undefined)
}
