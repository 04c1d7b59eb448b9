const gramLength = 3

/**
 * Finds which records may hold a piece of text without looking at all of them: an index by every
 * three letters in a row. Entries are never taken out, so a caller checks what it gets.
 */
export interface TextIndex {
  add(key: number, text: string): void
  /** Keys that may hold the piece; undefined when the piece is too short to tell. */
  candidates(piece: string): number[] | undefined
}

/** Makes an empty index. Upper and lower case are the same. */
export function createTextIndex(): TextIndex {
  const keysByGram = new Map<string, number[]>()

  return {
    add: (key, text) => {
      for (const gram of gramsOf(text)) {
        const keys = keysByGram.get(gram)
        if (keys === undefined) keysByGram.set(gram, [key])
        else keys.push(key)
      }
    },
    candidates: (piece) => {
      if (piece.length < gramLength) return undefined
      // The rarest three letters leave the fewest to check.
      let rarest: number[] | undefined
      for (const gram of gramsOf(piece)) {
        const keys = keysByGram.get(gram) ?? []
        if (rarest === undefined || keys.length < rarest.length) rarest = keys
      }
      return [...new Set(rarest)]
    },
  }
}

function gramsOf(text: string): Set<string> {
  const lower = text.toLowerCase()
  const grams = new Set<string>()
  for (let start = 0; start + gramLength <= lower.length; start += 1) {
    grams.add(lower.slice(start, start + gramLength))
  }
  return grams
}
