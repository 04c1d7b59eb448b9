const anywhere = 'https://anywhere.invalid'

/**
 * A path of our own, never an address elsewhere: where somebody who signs in was on the way to comes from a link
 * that anybody can write. Judged as a browser reads it, which drops tabs and line breaks and takes `\` for `/`.
 */
export const ownPath = (value: unknown): string | undefined => {
  if (typeof value !== 'string' || !value.startsWith('/')) return undefined
  const url = URL.parse(value, anywhere)
  const isOurs = url?.origin === anywhere && !url.pathname.startsWith('//')
  return isOurs ? value : undefined
}
