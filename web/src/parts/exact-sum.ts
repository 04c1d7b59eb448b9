/** "30.25" as 3025n; what is no amount of cents counts as nothing. */
const centsOf = (amount: string): bigint => {
  const [, sign = '', whole = '', cents = ''] = /^(-?)(\d+)\.(\d\d)$/.exec(amount) ?? []
  if (whole === '') return 0n
  const value = BigInt(whole + cents)
  return sign === '-' ? -value : value
}

/** The sum of amounts as the server writes them, to the cent: never through a floating-point number. */
export const exactSum = (amounts: readonly string[]): string => {
  const total = amounts.reduce((sum, amount) => sum + centsOf(amount), 0n)
  const digits = (total < 0n ? -total : total).toString().padStart(3, '0')
  return `${total < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

export const isZero = (amount: string): boolean => centsOf(amount) === 0n
