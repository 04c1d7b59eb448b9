import type { HttpClient } from '../../src/connectors/http.ts'

type Alter = (fields: Record<string, unknown>) => Record<string, unknown>

const alterDeep = (value: unknown, alter: Alter): unknown => {
  if (Array.isArray(value)) return value.map((each) => alterDeep(each, alter))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).map(
    ([name, each]) => [name, alterDeep(each, alter)] as const,
  )
  return alter(Object.fromEntries(fields))
}

/** A client behind which every object of every JSON answer is altered, as a newer or older remote would. */
export const altering = (http: HttpClient, alter: Alter): HttpClient => ({
  send: async (request) => {
    const result = await http.send(request)
    if (result.is !== 'answer' || !/^\s*[[{]/.test(result.body)) return result
    return { ...result, body: JSON.stringify(alterDeep(JSON.parse(result.body), alter)) }
  },
})

/** Every object and list in `value` made unchangeable. */
export const deepFreeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  Object.freeze(value)
  for (const each of Object.values(value)) deepFreeze(each)
  return value
}
