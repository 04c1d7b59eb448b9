import { type World } from './world.ts'

const textsMax = 20_000

/** JSON kept until what it describes changes. */
export interface TextCache {
  get(id: number, write: () => string): string
  drop(id: number): void
  clear(): void
}

/** Keeps the last 20,000 texts: an order of three kilobytes is read far more often than it changes. */
export function createTextCache(world: World): TextCache {
  const texts = new Map<number, string>()
  let edition = world.edition
  return {
    get: (id, write) => {
      if (edition !== world.edition) texts.clear()
      edition = world.edition
      const kept = texts.get(id)
      if (kept !== undefined) return kept
      const text = write()
      texts.set(id, text)
      if (texts.size > textsMax) dropOldest(texts)
      return text
    },
    drop: (id) => void texts.delete(id),
    clear: () => texts.clear(),
  }
}

function dropOldest(texts: Map<number, string>): void {
  for (const id of texts.keys()) {
    texts.delete(id)
    return
  }
}
