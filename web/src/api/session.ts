import { failureIn, noConnection, type Failure } from './failure.ts'
import { tellOtherTabs } from './other-tabs.ts'

/** Better-auth's client is only needed at the door and on the account page, so it is fetched there. */
const auth = async () => (await import('./auth-client.ts')).authClient

interface Refused {
  status: number
  code?: string | undefined
}

type Result<T> = { data: T; error: null } | { data: null; error: Refused }

export type SaidByDoor<T> =
  { is: 'done'; data: T } | { is: 'failed'; failure: Failure; code: string }

/** An answer of better-auth, or its absence, as a value. What it changed, the other tabs hear of. */
const said = async <T>(
  ask: (client: Awaited<ReturnType<typeof auth>>) => Promise<Result<T>>,
): Promise<SaidByDoor<T>> => {
  // Without a connection the client itself may not come either.
  const answer: Result<T> = await auth()
    .then(ask)
    .catch(() => ({ data: null, error: { status: 0 } }))
  if (answer.error === null) {
    tellOtherTabs()
    return { is: 'done', data: answer.data }
  }
  const { status, code = '' } = answer.error
  const failure = status === 0 ? noConnection() : failureIn({ error: answer.error }, status)
  return { is: 'failed', failure, code }
}

export type SignedIn =
  { is: 'in' } | { is: 'second-factor' } | { is: 'failed'; failure: Failure; code: string }

/** With e-mail address and password. A wrong password has status 401. */
export const signIn = async (email: string, password: string): Promise<SignedIn> => {
  const answer = await said((client) => client.signIn.email({ email, password }))
  if (answer.is === 'failed') return answer
  const asksMore = (answer.data as { twoFactorRedirect?: boolean } | null)?.twoFactorRedirect
  return asksMore ? { is: 'second-factor' } : { is: 'in' }
}

/** The code of the app, or one of the backup codes. */
export const showSecondFactor = async (code: string): Promise<SignedIn> => {
  const typed = code.replace(/\s/g, '')
  const answer = /^\d{6}$/.test(typed)
    ? await said((client) => client.twoFactor.verifyTotp({ code: typed }))
    : await said((client) => client.twoFactor.verifyBackupCode({ code: typed }))
  return answer.is === 'failed' ? answer : { is: 'in' }
}

/** A browser only knows passkeys on a safe page with a name; an IP address has none. */
export const knowsPasskeys = (): boolean =>
  window.isSecureContext &&
  'PublicKeyCredential' in window &&
  !/^[\d.]+$|:/.test(window.location.hostname)

export const signInWithPasskey = async (): Promise<SignedIn> => {
  const answer = await said((client) => client.signIn.passkey() as Promise<Result<unknown>>)
  return answer.is === 'failed' ? answer : { is: 'in' }
}

export const addPasskey = async (name: string): Promise<SaidByDoor<unknown>> => {
  return said((client) => client.passkey.addPasskey({ name }) as Promise<Result<unknown>>)
}

export const removePasskey = async (id: string): Promise<SaidByDoor<unknown>> => {
  return said((client) => client.passkey.deletePasskey({ id }) as Promise<Result<unknown>>)
}

/** Changes the password and signs out everywhere else. */
export const changePassword = async (
  currentPassword: string,
  newPassword: string,
): Promise<SaidByDoor<unknown>> => {
  return said((client) =>
    client.changePassword({
      currentPassword,
      newPassword,
      revokeOtherSessions: true,
    }),
  )
}

/** Begins with an authenticator app. It counts once its first code was shown. */
export const beginTotp = async (
  password: string,
): Promise<SaidByDoor<{ totpURI: string; backupCodes: string[] }>> => {
  return said(
    (client) =>
      client.twoFactor.enable({ password }) as Promise<
        Result<{ totpURI: string; backupCodes: string[] }>
      >,
  )
}

export const confirmTotp = async (code: string): Promise<SaidByDoor<unknown>> => {
  return said((client) => client.twoFactor.verifyTotp({ code: code.replace(/\s/g, '') }))
}

export const endTotp = async (password: string): Promise<SaidByDoor<unknown>> => {
  return said((client) => client.twoFactor.disable({ password }))
}

export const newBackupCodes = async (
  password: string,
): Promise<SaidByDoor<{ backupCodes: string[] }>> => {
  return said(
    (client) =>
      client.twoFactor.generateBackupCodes({ password }) as Promise<
        Result<{ backupCodes: string[] }>
      >,
  )
}

/** Ends the session. When it fails, the session cookie simply lives on until it expires. */
export const signOut = async (): Promise<void> => {
  await said((client) => client.signOut())
}
