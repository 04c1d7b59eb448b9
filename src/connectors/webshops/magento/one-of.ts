import { z } from 'zod'

/** A single thing as a file may have it: by itself, or as the only one of a list the shop answered. */
export const oneOf = <T>(item: z.ZodType<T>) =>
  z.preprocess((value) => {
    const list = z.union([
      z.array(z.unknown()),
      z.looseObject({ items: z.array(z.unknown()), total_count: z.number() }),
    ])
    const found = list.safeParse(value)
    if (!found.success) return value
    const items = Array.isArray(found.data) ? found.data : found.data.items
    return items.length === 1 ? items[0] : items
  }, item)
