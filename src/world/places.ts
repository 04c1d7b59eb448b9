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
  const room = async (): Promise<void> => {
    while (free === 0) {
      await new Promise<void>((resolve) => {
        line.push(resolve)
      })
    }
  }
  return {
    room,
    async enter() {
      await room()
      free -= 1
      let mine = true
      return () => {
        if (!mine) return
        mine = false
        free += 1
        line.shift()?.()
      }
    },
  }
}
