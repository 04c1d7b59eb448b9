/** A bounded number of places; whoever finds none waits in line. */
export interface Places {
  /** Waits for a place. @returns how to give it back; again does nothing */
  enter(): Promise<() => void>
  /** Waits until a place is free, without taking it. */
  room(): Promise<void>
}

export const placesFor = (count: number): Places => {
  let free = count
  const line: (() => void)[] = []
  const inLine = () =>
    new Promise<void>((resolve) => {
      line.push(resolve)
    })
  const callNext = () => {
    if (free > 0) line.shift()?.()
  }
  return {
    async room() {
      while (free === 0) await inLine()
      // It takes no place, so the next one may have it.
      callNext()
    },
    async enter() {
      // Nothing may come between the look and the taking: two who came at once would both get the last place.
      while (free === 0) await inLine()
      free -= 1
      let mine = true
      return () => {
        if (!mine) return
        mine = false
        free += 1
        callNext()
      }
    },
  }
}
