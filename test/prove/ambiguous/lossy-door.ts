import type {
  HttpAnswer,
  HttpClient,
  HttpRequest,
  HttpSilence,
} from '../../../src/connectors/http.ts'
import type { Clock } from '../../../src/world/clock.ts'
import type { BooksEnd } from '../ends/end.ts'
import type { AmbiguousCase, Form } from './cases.ts'

/** The way to books whose first create loses its answer. */
export interface LossyDoor extends HttpClient {
  /** How often the books were asked to create an invoice, as far as we can tell. */
  creates(): number
  /** Requests that take effect late, and have not yet. */
  late(): number
}

const page = (status: number): HttpAnswer => ({
  is: 'answer',
  status,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>Bad gateway</body></html>',
})

/** What we get to see instead of the answer. */
const lossOf: Readonly<Record<Form, (answer: HttpAnswer | null) => HttpAnswer | HttpSilence>> = {
  'time-out': () => ({ is: 'silence', cause: 'time-out', mayHaveArrived: true }),
  reset: () => ({ is: 'silence', cause: 'connection-lost', mayHaveArrived: true }),
  '502': () => page(502),
  '504': () => page(504),
  'cut off': (answer) => {
    const { status, headers, body } = answer ?? {
      status: 201,
      headers: { 'content-type': 'application/json' },
      body: '{"id": 12, "number": "20260012"}',
    }
    const half = body.slice(0, Math.ceil(body.length / 2))
    // Half a number is a number. Our HTTP client sees that such an answer is not whole (http.test.ts).
    return /^"?\w*$/.test(half)
      ? { is: 'silence', cause: 'connection-lost', mayHaveArrived: true }
      : { is: 'answer', status, headers, body: half }
  },
  // Whoever asked is dead: nobody sees anything.
  killed: () => ({ is: 'silence', cause: 'time-out', mayHaveArrived: true }),
}

/**
 * @param lateMs when the request takes effect that is found late
 */
export const lossyDoor = (
  http: HttpClient,
  books: BooksEnd,
  { form, effect, search }: AmbiguousCase,
  clock: Clock,
  lateMs: number,
): LossyDoor => {
  const path = new RegExp(books.creates.invoice.path)
  const { origin } = new URL(books.url)
  let creates = 0
  let late = 0

  const isCreate = ({ method, url }: HttpRequest): boolean =>
    method === books.creates.invoice.method && path.test(url.slice(origin.length))

  const lose = async (request: HttpRequest): Promise<HttpAnswer | HttpSilence> => {
    const send = async () => {
      const result = await http.send(request)
      if (result.is !== 'answer' || result.status >= 300) {
        throw new Error(`the books took no invoice: ${JSON.stringify(result)}`)
      }
      return result
    }
    if (effect === 'not created') return lossOf[form](null)
    if (search !== 'late') return lossOf[form](await send())
    late += 1
    void clock.sleep(lateMs).then(async () => {
      await send()
      late -= 1
    })
    return lossOf[form](null)
  }

  return {
    creates: () => creates,
    late: () => late,
    async send(request) {
      if (!request.url.startsWith(origin)) return http.send(request)
      if (isCreate(request)) {
        creates += 1
        return creates === 1 ? lose(request) : http.send(request)
      }
      return creates > 0 && search === 'never' ? page(503) : http.send(request)
    },
  }
}
