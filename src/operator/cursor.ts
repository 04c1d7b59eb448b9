import { z } from 'zod'

/** The key and the id that a page of a sorted list ended with, as an address can hold them. */
const cursorShape = z.tuple([z.string().max(200), z.uuid()])

export const encodeCursor = (key: string, id: string): string =>
  Buffer.from(JSON.stringify([key, id])).toString('base64url')

/** @returns null when it is not one of ours; the list then starts from the beginning */
export const decodeCursor = (text: string | undefined): [string, string] | null => {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8')))
  } catch {
    return null
  }
}

/** For `ilike`: text that is somewhere in it, with nothing special in it. */
export const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`
