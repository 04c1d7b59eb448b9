import { z } from 'zod'

const group = z.enum(['content', 'products', 'customers', 'orders', 'settings', 'tracking'])

/** One setting per thing the contract does not know (its section 9 and every [G]), and a few faults. */
const shape = {
  /** Whether lists carry `embedded` too (section 1). */
  embedInLists: z.boolean(),
  /** Whether a single order and a webhook do: documented, so false is a fault. */
  embedInSingle: z.boolean(),
  /** Order of a list that was asked for with since_id, and of one that was not (section 5). */
  sinceIdOrder: z.enum(['ascending', 'descending']),
  listOrder: z.enum(['ascending', 'descending']),
  /** Highest page number that is answered with anything; 0 is no cap (section 5, deep pages). */
  pageMax: z.int().min(0),
  /** Over 250: cut, or refused (section 5). */
  overLimit: z.enum(['clamp', 'refuse']),
  dateBounds: z.enum(['inclusive', 'exclusive']),
  /** Line totals on the side that was not entered: to the cent, or to four decimals. */
  lineRounding: z.enum(['cents', 'unrounded']),
  /** 10 % as 10 or as 0.1 (section 6.1, "guesses inside"). */
  discountPercentage: z.enum(['percent', 'fraction']),
  /** When the shop makes an invoice by itself (section 6.2). */
  invoiceWhen: z.enum(['at-once', 'on-payment', 'by-hand']),
  creditSign: z.enum(['positive', 'negative']),
  /** The totals of a credit note as in the vendor's example, where priceExcl is priceIncl. */
  creditTotals: z.enum(['right', 'excl-is-incl']),
  /** Whether the original points back at its credit note. */
  creditLinkBack: z.boolean(),
  /** Fields that are left out of orders altogether. */
  omittedFields: z.array(z.string().max(60)).max(100),
  weight: z.enum(['number', 'null']),
  paymentData: z.enum(['object', 'empty-list']),
  /** What "not set" looks like in texts: false, or "". */
  notSet: z.enum(['false', 'empty']),
  escapeSlashes: z.boolean(),
  /** `http://` in the links of webhook bodies, observed live. */
  plainLinksInWebhooks: z.boolean(),
  shopId: z.enum(['number', 'padded-text']),
  wrongLanguageStatus: z.union([z.literal(404), z.literal(400), z.literal(422)]),
  webhookCreateStatus: z.union([z.literal(201), z.literal(200)]),
  deleteStatus: z.union([z.literal(204), z.literal(200)]),
  /** Which permission group guards what nobody has documented (section 3). */
  guards: z.strictObject({
    invoices: group,
    taxes: group,
    paymentmethods: group,
    webhooks: group,
  }),
  permissions: z.partialRecord(group, z.strictObject({ read: z.boolean(), write: z.boolean() })),
  /** Whether a read-only app may register webhooks (section 3: unknown). */
  webhooksNeedWrite: z.boolean(),
  /** Resources that answer 403 whatever the group says. */
  deniedResources: z.array(z.string().max(40)).max(20),
  /** So many calls of order sub-resources answer 404 for a moment (section 3). Counts down. */
  temporaryNotFound: z.int().min(0),
  /** Calls per five minutes, hour and day. */
  limits: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
  /** What a 429 carries besides X-RateLimit-*. */
  retryAfter: z.enum(['none', 'seconds', 'date']),
  rateLimitHeaders: z.boolean(),
  webhookSignature: z.enum(['right', 'wrong', 'missing']),
  webhookTimeoutMs: z.int().min(1),
  /** Wait before each retry; its length is the number of retries. */
  webhookRetryDelaysMs: z.array(z.int().min(0)).max(20),
  webhookLateMs: z.int().min(0),
  /** Delivers the webhooks of one event in reverse order. */
  webhooksReversed: z.boolean(),
  /** How cancel and uninstall come (section 2.2). */
  storeCallMethod: z.enum(['GET', 'POST']),
  /** While an app is in test, the store never uninstalls by itself (section 2.2). */
  appInTest: z.boolean(),
}

const schema = z.strictObject(shape)
export type Switches = z.infer<typeof schema>
export type SwitchChange = z.input<typeof changeSchema>
const changeSchema = schema.partial()

const minuteMs = 60_000
const readOnly = { read: true, write: false }

export const defaultSwitches: Switches = {
  embedInLists: false,
  embedInSingle: true,
  sinceIdOrder: 'ascending',
  listOrder: 'descending',
  pageMax: 0,
  overLimit: 'clamp',
  dateBounds: 'inclusive',
  lineRounding: 'cents',
  discountPercentage: 'percent',
  invoiceWhen: 'at-once',
  creditSign: 'positive',
  creditTotals: 'right',
  creditLinkBack: true,
  omittedFields: [],
  weight: 'number',
  paymentData: 'object',
  notSet: 'false',
  escapeSlashes: false,
  plainLinksInWebhooks: false,
  shopId: 'number',
  wrongLanguageStatus: 404,
  webhookCreateStatus: 201,
  deleteStatus: 204,
  guards: {
    invoices: 'orders',
    taxes: 'settings',
    paymentmethods: 'settings',
    webhooks: 'settings',
  },
  permissions: { orders: readOnly, customers: readOnly, settings: readOnly },
  webhooksNeedWrite: false,
  deniedResources: [],
  temporaryNotFound: 0,
  limits: [300, 3_600, 86_400],
  retryAfter: 'none',
  rateLimitHeaders: true,
  webhookSignature: 'right',
  webhookTimeoutMs: 5_000,
  webhookRetryDelaysMs: [minuteMs, 5 * minuteMs, 30 * minuteMs],
  webhookLateMs: 5_000,
  webhooksReversed: false,
  storeCallMethod: 'GET',
  appInTest: false,
}

/** Lays a change over the switches. Throws an Error with one readable line. */
export function applySwitches(current: Switches, change: unknown): Switches {
  return { ...current, ...readBy(changeSchema, change) } as Switches
}

/** Reads a control body of an expected shape: a typing error in a test must not pass in silence. */
export function readBy<T>(reader: z.ZodType<T>, value: unknown): T {
  const read = reader.safeParse(value)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Error(`${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong'}`)
}
