import { type SandboxRequest } from '../kit/server.ts'
import { isFields } from './reading.ts'
import { type Switches } from './switches.ts'

/** Details of a trader that a request may give to be compared, in the order of the answer. */
export const traderFields = [
  'traderName',
  'traderStreet',
  'traderPostalCode',
  'traderCity',
  'traderCompanyType',
] as const

export type TraderField = (typeof traderFields)[number]

/** One check that is asked. A field that was not given is ''. */
export interface Question {
  call: 'check-vat-number' | 'check-vat-test-service' | 'ms'
  countryCode: string
  vatNumber: string
  /** The number as it was sent. */
  originalVatNumber: string
  requesterMemberStateCode: string
  requesterNumber: string
  trader: Record<TraderField, string>
}

/**
 * Reads the body of a POST call. Only the names of the contract count: `requesterCountryCode` and
 * `requesterVatNumber` are SOAP's and do nothing here.
 * @returns undefined when the body is no JSON object.
 */
export function readPost(
  call: 'check-vat-number' | 'check-vat-test-service',
  body: string,
  switches: Switches,
): Question | undefined {
  const fields = parse(body)
  if (!isFields(fields)) return undefined
  const read = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' ? value : ''
  }
  return askedFor({ call, read, originalVatNumber: read('vatNumber') }, switches)
}

/**
 * Reads a GET call; `path` is what stands behind the base path.
 * @returns undefined when that is not `/ms/{CC}/vat/{number}`.
 */
export function readGet(
  path: string,
  query: SandboxRequest['query'],
  switches: Switches,
): Question | undefined {
  const [, countryCode, vatNumber] = /^\/ms\/([^/]+)\/vat\/([^/]+)$/.exec(path) ?? []
  if (countryCode === undefined || vatNumber === undefined) return undefined
  const inPath: Record<string, string> = {
    countryCode: decode(countryCode),
    vatNumber: decode(vatNumber),
  }
  const requester = ['requesterMemberStateCode', 'requesterNumber']
  const read = (name: string): string =>
    inPath[name] ?? (requester.includes(name) ? (query.get(name) ?? '') : '')
  return askedFor({ call: 'ms', read, originalVatNumber: read('vatNumber') }, switches)
}

function askedFor(
  sent: {
    call: Question['call']
    read: (name: string) => string
    originalVatNumber: string
  },
  switches: Switches,
): Question {
  const clean = (name: string): string =>
    switches.lenientInput
      ? sent
          .read(name)
          .replace(/[\s.-]/g, '')
          .toUpperCase()
      : sent.read(name)
  return {
    call: sent.call,
    countryCode: clean('countryCode'),
    vatNumber: clean('vatNumber'),
    originalVatNumber: sent.originalVatNumber,
    requesterMemberStateCode: clean('requesterMemberStateCode'),
    requesterNumber: clean('requesterNumber'),
    trader: {
      traderName: sent.read('traderName'),
      traderStreet: sent.read('traderStreet'),
      traderPostalCode: sent.read('traderPostalCode'),
      traderCity: sent.read('traderCity'),
      traderCompanyType: sent.read('traderCompanyType'),
    },
  }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** A piece of the path; as it stands when it is not well encoded, which no number's form allows. */
function decode(piece: string): string {
  try {
    return decodeURIComponent(piece)
  } catch {
    return piece
  }
}
