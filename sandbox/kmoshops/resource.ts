import { type Key } from './keys.ts'
import { fromJson, type World } from './world.ts'

/** A call that passed signature and limits. */
export interface ApiCall {
  /** The number after the resource; 0 in a collection. */
  id: number
  query: URLSearchParams
  body: string
  key: Key
}

/** What to answer, not yet signed. */
export interface ApiAnswer {
  status: number
  /** Middle part of the vendor's content type, e.g. `collection.orders`. */
  type: string
  /** JSON, or '' for nothing. */
  body: string
  /** `code` of section 5, when it is an error. */
  code?: string
}

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
export type Resource = Partial<Record<Method, (call: ApiCall) => ApiAnswer>>

/** By shape: `orders`, `orders/:id`, `orders/:id/orderrows`. */
export type Resources = Record<string, Resource>

export function found(type: string, body: string): ApiAnswer {
  return { status: 200, type, body }
}

/** PATCH, PUT and DELETE answer this (section 5). */
export const done: ApiAnswer = { status: 204, type: 'none', body: '' }

/** An error in the form of section 5; the HTTP status is the part of the code before the dot. */
export function failure(code: string, developermessage: string): ApiAnswer {
  const status = Number(code.slice(0, 3))
  return {
    status,
    type: 'error',
    body: JSON.stringify({ status, code, developermessage }),
    code,
  }
}

export function unknownId(): ApiAnswer {
  return failure('404.10', 'Resource with this id does not exist')
}

/**
 * What the shop says of input that is wrong. Section 5: validation problems come as 500.x; which x is
 * unknown, this is the nearest of the documented codes.
 */
export function invalid(developermessage: string): ApiAnswer {
  return failure('500.20', developermessage)
}

/** The object in a request's body, or the error to answer. */
export function readObject(
  world: World,
  body: string,
): { is: 'object'; value: Record<string, unknown> } | { is: 'wrong'; answer: ApiAnswer } {
  try {
    const value = fromJson(world, body)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { is: 'object', value: value as Record<string, unknown> }
  } catch {
    // Said below, together with the bodies that are JSON but no object.
  }
  return { is: 'wrong', answer: invalid('Input is not a JSON object') }
}
