const units = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

type Unit = (typeof units)[number][0]

/**
 * A while in the largest unit of which it is at least one when rounded: 59.6 minutes are an hour and not 60 minutes.
 * @param seconds not negative
 * @param smallest also for what is less than one of it
 */
export const inLargestUnit = (
  seconds: number,
  smallest: Unit = 'second',
): { unit: Unit; count: number } => {
  for (const [index, [unit, length]] of units.entries()) {
    const [, smaller] = units[index + 1] ?? [null, 0]
    if (seconds >= length - smaller / 2 || unit === smallest) {
      return { unit, count: Math.round(seconds / length) }
    }
  }
  return { unit: smallest, count: 0 }
}
