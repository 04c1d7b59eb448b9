import { z } from 'zod'
import { found, Refusal } from './answer.ts'
import { type Routes } from './api.ts'
import { type Caller } from './keys.ts'
import { languageJson } from './order-json.ts'
import { isoMoment, type World } from './world.ts'

export interface Webhook {
  id: number
  owner: Caller['owner']
  createdAt: Date
  updatedAt: Date
  isActive: boolean
  itemGroup: string
  itemAction: string
  language: string
  format: string
  address: string
}

export interface Webhooks {
  /** The active ones for this event. */
  listening(group: string, action: string): Webhook[]
  all(): readonly Webhook[]
  /** The platform deletes an app's own on uninstall (section 2.2). */
  removeOf(owner: Caller['owner']): void
  clear(): void
  routes: Routes
}

const groups = [
  'customers',
  'invoices',
  'orders',
  'products',
  'quotes',
  'reviews',
  'shipments',
  'subscriptions',
  'tickets',
  'variants',
  'returns',
  'contacts',
]
const actionsOfAll = ['created', 'updated', 'deleted', '*']
const actionsOf: Record<string, string[]> = { orders: ['paid', 'shipped'], tickets: ['answered'] }

/** A form writes everything as text. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false', '1', '0'])])
  .transform((value) => value === true || value === 'true' || value === '1')

const wish = z
  .object({
    isActive: flag,
    itemGroup: z.enum(groups),
    itemAction: z.string(),
    language: z.string().length(2),
    format: z.enum(['json', 'xml']),
    address: z.url({ protocol: /^https?$/ }),
  })
  .refine(
    ({ itemGroup, itemAction }) =>
      [...actionsOfAll, ...(actionsOf[itemGroup] ?? [])].includes(itemAction),
    { path: ['itemAction'] },
  )

const change = z.object({ isActive: flag, address: z.url({ protocol: /^https?$/ }) }).partial()

/** The webhooks of the shop. Duplicates are not refused (section 7). */
export function createWebhooks(world: World): Webhooks {
  let webhooks: Webhook[] = []

  function json({ owner: _owner, ...webhook }: Webhook): unknown {
    return {
      ...webhook,
      createdAt: isoMoment(webhook.createdAt),
      updatedAt: isoMoment(webhook.updatedAt),
      // It goes in as a code and comes out as an object.
      language: { ...(languageJson() as object), code: webhook.language },
    }
  }

  function own(caller: Caller): Webhook[] {
    return webhooks.filter(({ owner }) => owner === caller.owner)
  }

  function one(caller: Caller, id: number | undefined): Webhook {
    const webhook = own(caller).find((each) => each.id === id)
    if (webhook === undefined) throw new Refusal(404, 'Not found')
    return webhook
  }

  function readAs<T>(schema: z.ZodType<T>, value: unknown): T {
    const read = schema.safeParse(value)
    if (read.success) return read.data
    const fields = read.error.issues.map(
      ({ path, message }) => [path.map(String).join('.'), [message]] as [string, string[]],
    )
    throw new Refusal(422, 'Validation failed', Object.fromEntries(fields))
  }

  const guard = () => world.switches.guards.webhooks
  const route = (methods: Routes[string]['methods']): Routes[string] => ({
    resource: 'webhooks',
    guard,
    methods,
  })

  return {
    listening: (group, action) =>
      webhooks.filter(
        ({ isActive, itemGroup, itemAction }) =>
          isActive && itemGroup === group && (itemAction === action || itemAction === '*'),
      ),
    all: () => webhooks,
    removeOf: (owner) => {
      webhooks = webhooks.filter((each) => each.owner !== owner)
    },
    clear: () => {
      webhooks = []
    },
    routes: {
      webhooks: route({
        GET: ({ caller, query }) => {
          const limit = Math.min(250, Number(query.get('limit') ?? 50))
          const page = Math.max(1, Number(query.get('page') ?? 1))
          const listed = own(caller).slice((page - 1) * limit, page * limit)
          return found({ webhooks: listed.map(json) })
        },
        POST: ({ caller, value }) => {
          const at = world.now()
          const webhook: Webhook = {
            id: world.nextId('webhook'),
            owner: caller.owner,
            createdAt: at,
            updatedAt: at,
            ...readAs(wish, value),
          }
          webhooks.push(webhook)
          return found({ webhook: json(webhook) }, world.switches.webhookCreateStatus)
        },
      }),
      'webhooks/count': route({ GET: ({ caller }) => found({ count: own(caller).length }) }),
      'webhooks/:id': route({
        GET: ({ caller, ids }) => found({ webhook: json(one(caller, ids[0])) }),
        PUT: ({ caller, ids, value }) => {
          const webhook = one(caller, ids[0])
          const { isActive, address } = readAs(change, value)
          if (isActive !== undefined) webhook.isActive = isActive
          if (address !== undefined) webhook.address = address
          webhook.updatedAt = world.now()
          return found({ webhook: json(webhook) })
        },
        DELETE: ({ caller, ids }) => {
          const webhook = one(caller, ids[0])
          webhooks = webhooks.filter((each) => each !== webhook)
          return found(null, world.switches.deleteStatus)
        },
      }),
    },
  }
}
