import { passkey } from '@better-auth/passkey'
import { APIError, betterAuth, type BetterAuthOptions } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { organization, twoFactor } from 'better-auth/plugins'
import type pg from 'pg'
import { sessionFactor } from './session-factor.ts'

export interface SignInOptions {
  pool: pg.Pool
  publicUrl: string
  secret: string
  /** Where it tells of trouble; nowhere when left out. */
  onTrouble?: (message: string, detail: unknown) => void
}

const optionsOf = ({ pool, publicUrl, secret, onTrouble }: SignInOptions) =>
  ({
    appName: 'Doorvoer',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    database: pool,
    trustedOrigins: [publicUrl],
    emailAndPassword: {
      enabled: true,
      // People come in by an invitation or the sign-up of the integrations page, not through this door.
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 200,
    },
    user: {
      additionalFields: {
        language: { type: 'string', required: false, defaultValue: 'nl', input: false },
      },
    },
    session: {
      expiresIn: 60 * 60 * 24 * 14,
      cookieCache: { enabled: false },
      additionalFields: sessionFactor.fields,
    },
    databaseHooks: sessionFactor.hooks,
    rateLimit: {
      enabled: true,
      window: 60,
      max: 100,
      customRules: {
        '/sign-in/email': { window: 60, max: 10 },
        '/change-password': { window: 60, max: 10 },
        '/passkey/*': { window: 60, max: 30 },
        '/two-factor/*': { window: 60, max: 10 },
      },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'error',
      log: (_level, message, ...details: unknown[]) => onTrouble?.(message, details[0]),
    },
    advanced: {
      cookiePrefix: 'doorvoer',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
    },
    plugins: [
      organization({
        allowUserToCreateOrganization: false,
        // A merchant ends by stopping its integrations, never by vanishing under them.
        disableOrganizationDeletion: true,
        schema: {
          organization: { modelName: 'merchant' },
          member: { modelName: 'seat' },
        },
      }),
      twoFactor({ issuer: new URL(publicUrl).host }),
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: 'Doorvoer',
        // Else it would believe whatever origin the browser names.
        origin: new URL(publicUrl).origin,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          // A passkey stands for password and second factor together, so whoever holds it must have shown
          // who they are: a key that is only touched is one factor.
          afterVerification: ({ verification }) => {
            if (verification.authenticationInfo.userVerified) return Promise.resolve()
            throw new APIError('UNAUTHORIZED', { message: 'the passkey did not verify its user' })
          },
        },
      }),
    ],
  }) satisfies BetterAuthOptions

/**
 * Sign-in, second factors, sessions and seats: better-auth, with its organisations as our merchants and their members as
 * seats (spec §1). Its tables are its own, made by its own migrations.
 */
export const signInOn = (options: SignInOptions) => betterAuth(optionsOf(options))

export type SignIn = ReturnType<typeof signInOn>

/** Brings the tables of sign-in up to date. */
export const migrateSignIn = async (options: SignInOptions): Promise<void> => {
  const { runMigrations } = await getMigrations(optionsOf(options))
  await runMigrations()
}
