/** The manual's cleanUp: hyphens and capital letters are ignored ("Payment method", chapter 6). */
const cleanUp = (name: string): string => name.toLowerCase().replaceAll('-', '')

/** Words in a name and the method they stand for, in the manual's order; all words of one entry are needed. */
const words: readonly (readonly [readonly (readonly string[])[], string])[] = [
  // "back" is the manual's own word, in all likelihood for "bank".
  [[['transfer'], ['back'], ['bank'], ['invoice'], ['rekening']], 'banktransfer'],
  [[['ideal']], 'ideal'],
  [[['paypal']], 'paypal'],
  [[['afterpay']], 'afterpay'],
  [[['mister', 'cash']], 'mistercash'],
  [[['credit', 'card'], ['maestro'], ['visa'], ['mastercard']], 'creditcard'],
]

export const methodNames = [...words.map(([, name]) => name), 'default']

/**
 * The payment method that settings can refer to: the one the merchant configured, else the one a word in
 * the name stands for, else "default".
 *
 * @param code the shop's own, e.g. mollie_methods_ideal
 * @param configured codes the merchant chose to treat apart
 */
export const methodOf = (code: string, configured: readonly string[]): string => {
  const name = cleanUp(code)
  const own = configured.find((each) => cleanUp(each) === name)
  if (own !== undefined) return own
  const found = words.find(([ways]) => ways.some((way) => way.every((word) => name.includes(word))))
  return found?.[1] ?? 'default'
}
