/** How somebody proved who they are when a session began. */
export type Factor = 'password' | 'totp' | 'passkey'

/** The calls of better-auth that end in a session after more than a password. */
const strong: Readonly<Record<string, Factor>> = {
  '/passkey/verify-authentication': 'passkey',
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'totp',
}

/**
 * Notes with each session what it was begun with. That a user *has* a second factor proves nothing: who has a
 * passkey may still sign in with the password alone.
 */
export const sessionFactor = {
  fields: {
    factor: { type: 'string', required: false, defaultValue: 'password', input: false },
  },
  hooks: {
    session: {
      create: {
        before: (session: Record<string, unknown>, context: { path?: string } | null) =>
          Promise.resolve({
            data: { ...session, factor: strong[context?.path ?? ''] ?? 'password' },
          }),
      },
    },
  },
} as const

/** Whether a session was begun with two factors. */
export const isStrong = (factor: unknown): boolean => factor === 'totp' || factor === 'passkey'
