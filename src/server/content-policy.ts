type Directives = Readonly<Record<string, readonly string[]>>

/** Where a page of ours may take what from. Nothing is inline, so that markup in a text could do nothing. */
const directives = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  connectSrc: ["'self'"],
  fontSrc: ["'self'", 'data:'],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
} as const satisfies Directives

/** The policy of every answer, as helmet takes it. */
export const contentDirectives = (): Record<string, string[]> =>
  Object.fromEntries(Object.entries(directives).map(([name, values]) => [name, [...values]]))

/**
 * The same with style elements of ours let in: by a nonce that is made for one page, or by the hash of a style.
 * @param source as it stands in a policy, without quotes: `nonce-…` or `sha256-…`
 */
export const policyWithStyle = (source: string): string => {
  const wider: Directives = { ...directives, styleSrc: ["'self'", `'${source}'`] }
  return Object.entries(wider)
    .map(([name, values]) => {
      const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
      return `${kebab} ${values.join(' ')}`
    })
    .join('; ')
}

/**
 * The one style element of swagger-ui's own: the colours of its logo. Whatever else is inline is refused, by the
 * browser test too, which fails when a newer swagger-ui brings another.
 */
const swaggersLogo = 'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='

/** The policy of the interface's documentation, which loads nothing from elsewhere. */
export const documentationPolicy = policyWithStyle(swaggersLogo)
