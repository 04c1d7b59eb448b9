import { type Books } from './books.ts'
import { jsonReply, type Reply } from './reply.ts'
import { Refusal } from './refusal.ts'

/**
 * The answer to GET /{resource}/{id}: an object with one key, or what the remote does for an id
 * that is not there (contract 1.2, 7.1: a recorded client was given the whole list).
 */
export function answerOne(
  books: Pick<Books, 'switches'>,
  asked: { id: string; what: string; key: string; found: string | undefined; list: () => Reply },
): Reply {
  if (asked.found !== undefined) return jsonReply(`{"${asked.key}":${asked.found}}`)
  const { unknownId } = books.switches
  const isList = unknownId === 'list' || (unknownId === 'split' && !/^\d+$/.test(asked.id))
  if (isList) return asked.list()
  throw new Refusal(`${asked.what} not found`, 404)
}

/** Reads an id that must be a small whole number; undefined when it is not. */
export function readId(id: string): number | undefined {
  return /^\d{1,15}$/.test(id) ? Number(id) : undefined
}
