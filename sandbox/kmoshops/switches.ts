import { decimal, flag, listOf, oneOf, record, text, texts, whole } from '../kit/reading.ts'

/** What a real KMO Shops may call otherwise (contract section 8, "KMO dialect"). */
export interface Dialect {
  /** Without trailing slash. */
  basePath: string
  /** Lower case, as they go over the line. */
  headers: { public: string; date: string; hash: string }
  /** Our name → their name, for every JSON field and every query parameter, in and out. */
  fields: Record<string, string>
}

/** One setting per thing the contract does not know (sections 6 to 9). Defaults: `defaultSwitches`. */
export interface Switches {
  /** String to sign of a webhook delivery (section 7), and two faults. */
  webhookSignature: 'address-body' | 'body' | 'wrong' | 'missing'
  /** Wait before each retry; its length is the number of retries. */
  webhookRetryDelaysMs: number[]
  webhookTimeoutMs: number
  /** How late a webhook marked 'late' is. */
  webhookLateMs: number
  /** The event an edit of amounts or address fires: nothing known does. */
  webhookOnEdit: 'none' | 'orders.updated' | 'orders.updated.status'
  webhooksAfterUninstall: 'removed' | 'kept'
  webhookKeyInGet: boolean
  refuseDoubleWebhooks: boolean
  /** Answer of POST /webhooks: the official example takes all three. */
  createAnswer: '201' | '200' | '204'
  /** 'missing' and 'wrong' are faults. */
  responseSignature: 'right' | 'missing' | 'wrong'
  clockSkewMinutes: number
  /** Resources the key may not read or write: 403.10. */
  deniedResources: string[]
  /** Resource → error code (section 5) that every call to it answers, e.g. `{"orders":"500.90"}`. */
  failures: Record<string, string>
  /** Seen once in a live order, against its description (section 1, item 8). */
  rowTotalIncludesShipping: boolean
  userId: 'string' | 'number' | 'null'
  /** The thirty-odd empty fields of a live `customer`. */
  hobbyFields: boolean
  couponVat: 'spread-over-rows' | 'highest-rate' | 'none'
  /** VAT of payment costs, extra costs, extra payment option and credit points. */
  costsVat: 'shipping-rate' | 'none'
  discountSign: 'positive' | 'negative'
  optionTotal: 'per-line' | 'per-unit'
  creditInvoiceSign: 'positive' | 'negative'
  /** What a plain date means in max_create_date, and whether the bounds count themselves. */
  dateBounds: 'whole-days' | 'midnight' | 'exclusive'
  pageSizeDefault: number
  pageSizeMax: number
  /** Per method, per resource, per minute. */
  getsPerMinute: number
  writesPerMinute: number
  /** All together, per key, per minute; the real figure is unpublished. */
  totalPerMinute: number
  multishop: boolean
  /** PHP writes `\/`. */
  escapeSlashes: boolean
  dialect: Dialect
}

export const defaultSwitches: Switches = {
  webhookSignature: 'address-body',
  webhookRetryDelaysMs: [1_000, 5_000, 30_000],
  webhookTimeoutMs: 5_000,
  webhookLateMs: 5_000,
  webhookOnEdit: 'none',
  webhooksAfterUninstall: 'removed',
  webhookKeyInGet: true,
  refuseDoubleWebhooks: false,
  createAnswer: '201',
  responseSignature: 'right',
  clockSkewMinutes: 15,
  deniedResources: [],
  failures: {},
  rowTotalIncludesShipping: false,
  userId: 'string',
  hobbyFields: true,
  couponVat: 'spread-over-rows',
  costsVat: 'shipping-rate',
  discountSign: 'positive',
  optionTotal: 'per-line',
  creditInvoiceSign: 'positive',
  dateBounds: 'whole-days',
  pageSizeDefault: 100,
  pageSizeMax: 250,
  getsPerMinute: 150,
  writesPerMinute: 100,
  totalPerMinute: 600,
  multishop: false,
  escapeSlashes: false,
  dialect: {
    basePath: '/api/rest/v1',
    headers: { public: 'x-public', date: 'x-date', hash: 'x-hash' },
    fields: {},
  },
}

/** Some switches, and of the dialect only what differs. */
export type SwitchChange = Partial<Omit<Switches, 'dialect'>> & {
  dialect?: Partial<Omit<Dialect, 'headers'>> & { headers?: Partial<Dialect['headers']> }
}

function readFailures(value: unknown, name: string): Record<string, string> {
  const failures = texts(value, name)
  const wrong = Object.values(failures).find((code) => !/^[45]\d\d\.\d\d$/.test(code))
  if (wrong === undefined) return failures
  throw new Error(`${name}: ${wrong} is not a code such as 500.90`)
}

/** Reads the body of PUT /_sandbox/switches. */
export const readSwitchChange = record<SwitchChange>({
  webhookSignature: oneOf('address-body', 'body', 'wrong', 'missing'),
  webhookRetryDelaysMs: listOf(decimal, 20),
  webhookTimeoutMs: decimal,
  webhookLateMs: decimal,
  webhookOnEdit: oneOf('none', 'orders.updated', 'orders.updated.status'),
  webhooksAfterUninstall: oneOf('removed', 'kept'),
  webhookKeyInGet: flag,
  refuseDoubleWebhooks: flag,
  createAnswer: oneOf('201', '200', '204'),
  responseSignature: oneOf('right', 'missing', 'wrong'),
  clockSkewMinutes: decimal,
  deniedResources: listOf(text, 100),
  failures: readFailures,
  rowTotalIncludesShipping: flag,
  userId: oneOf('string', 'number', 'null'),
  hobbyFields: flag,
  couponVat: oneOf('spread-over-rows', 'highest-rate', 'none'),
  costsVat: oneOf('shipping-rate', 'none'),
  discountSign: oneOf('positive', 'negative'),
  optionTotal: oneOf('per-line', 'per-unit'),
  creditInvoiceSign: oneOf('positive', 'negative'),
  dateBounds: oneOf('whole-days', 'midnight', 'exclusive'),
  pageSizeDefault: whole,
  pageSizeMax: whole,
  getsPerMinute: whole,
  writesPerMinute: whole,
  totalPerMinute: whole,
  multishop: flag,
  escapeSlashes: flag,
  dialect: record<NonNullable<SwitchChange['dialect']>>({
    basePath: text,
    headers: record<Partial<Dialect['headers']>>({ public: text, date: text, hash: text }),
    fields: texts,
  }),
})

export function applySwitches(current: Switches, change: SwitchChange): Switches {
  const { dialect } = current
  const headers = { ...dialect.headers, ...change.dialect?.headers }
  return { ...current, ...change, dialect: { ...dialect, ...change.dialect, headers } }
}
