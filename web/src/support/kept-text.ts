import { useState } from 'react'

/** More than any message. */
const charsMax = 10_000

const read = (key: string): string => {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

const write = (key: string, text: string): void => {
  try {
    if (text === '') sessionStorage.removeItem(key)
    else sessionStorage.setItem(key, text.slice(0, charsMax))
  } catch {
    // Without storage the text lives as long as the page.
  }
}

/** Text that somebody types, kept in this tab until it is sent: a wrong click must not cost a letter. */
export const useKeptText = (
  name: string,
  /** What it begins with when nothing was typed. */
  initial = '',
): [string, (text: string) => void] => {
  const key = `doorvoer-typed:${name}`
  const [text, setText] = useState(() => read(key) || initial)
  return [
    text,
    (next) => {
      setText(next)
      write(key, next)
    },
  ]
}
