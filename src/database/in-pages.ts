/**
 * All rows there are, read a page at a time, so that their number is no matter.
 * @param pageMax how many rows `read` brings at most; fewer are the last
 * @param read the rows after this one, in an order without ties; from the first where there is none
 */
export async function* inPages<Row>(
  pageMax: number,
  read: (after: Row | null) => Promise<Row[]>,
): AsyncGenerator<Row> {
  let last: Row | null = null
  for (;;) {
    const page: Row[] = await read(last)
    yield* page
    last = page.at(-1) ?? null
    if (page.length < pageMax) return
  }
}
