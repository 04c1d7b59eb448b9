/** How a batch is made up. */
export interface Batching<Item> {
  /** Items count for one unless this says more; an item that is larger than `sizeMax` goes alone. */
  sizeOf?: (item: Item) => number
  sizeMax: number
  /** Batches under way at the same time. */
  atOnce: number
  /** Whether an error of a batch means that surely nothing of it was done. */
  wasUndone: (error: unknown) => boolean
}

interface Waiting<Item, Result> {
  item: Item
  resolve: (result: Result) => void
  reject: (error: unknown) => void
}

/**
 * Group commit: whatever is asked in the same moment, or while earlier batches are under way, is done in
 * one go. Nobody waits for company that is not there yet, so a single item is as fast as without this.
 *
 * A batch that fails and was undone is tried again one by one, so that an item only ever fails for itself.
 *
 * @param work results in the order of the items, one each
 */
export const together = <Item, Result>(
  work: (items: readonly Item[]) => Promise<readonly Result[]>,
  { sizeOf = () => 1, sizeMax, atOnce, wasUndone }: Batching<Item>,
): ((item: Item) => Promise<Result>) => {
  const queue: Waiting<Item, Result>[] = []
  let underWay = 0
  let isScheduled = false

  const take = (): Waiting<Item, Result>[] => {
    let size = 0
    let count = 0
    for (const { item } of queue) {
      size += sizeOf(item)
      if (count > 0 && size > sizeMax) break
      count += 1
    }
    return queue.splice(0, count)
  }

  const run = async (batch: readonly Waiting<Item, Result>[]): Promise<void> => {
    try {
      const results = await work(batch.map(({ item }) => item))
      if (results.length !== batch.length) throw new Error('not one result per item')
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result)
    } catch (error) {
      if (batch.length > 1 && wasUndone(error)) {
        for (const each of batch) await run([each])
        return
      }
      for (const { reject } of batch) reject(error)
    }
  }

  const start = () => {
    isScheduled = false
    while (queue.length > 0 && underWay < atOnce) {
      underWay += 1
      void run(take()).finally(() => {
        underWay -= 1
        schedule()
      })
    }
  }

  /** After everything that is ready in this turn of the event loop has asked. */
  const schedule = () => {
    if (isScheduled || queue.length === 0 || underWay >= atOnce) return
    isScheduled = true
    setImmediate(start)
  }

  return (item) =>
    new Promise<Result>((resolve, reject) => {
      queue.push({ item, resolve, reject })
      schedule()
    })
}
