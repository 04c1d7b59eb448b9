/** Something to wait for until a test, or what it tests, lets it go. */
export interface Gate {
  opened: Promise<void>
  open: () => void
}

export const gate = (): Gate => {
  let resolve = (): void => undefined
  const opened = new Promise<void>((done) => {
    resolve = done
  })
  return { opened, open: () => resolve() }
}
