/** What the OAuth server objects to, by the code it prints (contract 3.5). */
export interface Problem {
  code: string
  /** The parameter that is missing, or the text of an internal error. */
  detail?: string
}

export const problem = (code: string, detail?: string): Problem => ({
  code,
  ...(detail !== undefined && { detail }),
})

const unauthorized = new Set([
  ...['nonce_used', 'signature_invalid', 'consumer_key_rejected', 'token_used', 'token_rejected'],
  ...['token_expired', 'token_revoked', 'verifier_invalid', 'permission_denied'],
])

/** The status of the handshake's own answers; REST makes every one of them a 401 (recordings). */
export function statusOf({ code }: Problem): number {
  if (code === 'internal_error') return 500
  return unauthorized.has(code) ? 401 : 400
}

export function sentence({ code, detail }: Problem): string {
  const more =
    detail === undefined
      ? ''
      : code === 'parameter_absent'
        ? `&oauth_parameters_absent=${detail}`
        : `&message=${detail}`
  return `oauth_problem=${code}${more}`
}
