/** The calendar months of a period, each cut off at its ends; both days included, YYYY-MM-DD. */
export const monthsOf = (from: string, until: string): { from: string; until: string }[] => {
  const months: { from: string; until: string }[] = []
  for (let first = from; first <= until;) {
    const [year = 0, month = 0] = first.split('-').map(Number)
    const next = new Date(Date.UTC(year, month, 1))
    const last = new Date(next.getTime() - 86_400_000).toISOString().slice(0, 10)
    months.push({ from: first, until: last < until ? last : until })
    first = next.toISOString().slice(0, 10)
  }
  return months
}
