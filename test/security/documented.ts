import type { TestHouse } from '../support/house.ts'
import { newCaller } from '../support/house.ts'
import { bodyFor, type Schema } from './body-for.ts'

/** One route, as the document of our interface has it, with the smallest call that it takes. */
export interface Operation {
  /** `GET /api/integrations/:integrationId/counts`. */
  key: string
  method: string
  path: string
  body: unknown
  bodySchema: Schema | undefined
  query: string
  security: Record<string, string[]>[]
}

interface Documented {
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

/** Every route of the document that the server itself gives out. */
export const operationsOf = async (there: TestHouse): Promise<Operation[]> => {
  const document = (await (await there.ask('/api/docs/json')).json()) as {
    paths: Record<string, Record<string, Documented>>
  }
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) => {
      const schema = documented.requestBody?.content['application/json']?.schema
      const asked = (documented.parameters ?? []).filter(
        (each) => each.in === 'query' && each.required,
      )
      const query = asked.map(({ name, schema: of }) => `${name}=${String(bodyFor(of))}`)
      return {
        key: `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
        method: method.toUpperCase(),
        path,
        body: schema === undefined ? undefined : bodyFor(schema),
        bodySchema: schema,
        query: query.join('&'),
        security: documented.security ?? [],
      }
    }),
  )
}

export interface Told {
  status: number
  code: string
  text: string
  headers: Headers
}

/** Calls an operation, with `places` for what stands between braces in its path. */
export const callOperation = async (
  there: TestHouse,
  places: Readonly<Record<string, string>>,
  { method, path, body, query }: Operation,
  headers: Record<string, string> = {},
): Promise<Told> => {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const place = places[name]
    if (place === undefined) throw new Error(`say in this test what stands for {${name}}`)
    return place
  })
  const answer = await there.ask(`${filled}?${query}`, {
    method,
    headers: {
      ...newCaller(),
      ...headers,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = Buffer.from(await answer.arrayBuffer()).toString('utf8')
  const parsed = text.startsWith('{') ? (JSON.parse(text) as { error?: { code: string } }) : {}
  return { status: answer.status, code: parsed.error?.code ?? '', text, headers: answer.headers }
}
