import { collection, cut, isFailure, readPage } from './paging.ts'
import {
  type ApiAnswer,
  type ApiCall,
  done,
  failure,
  found,
  invalid,
  readObject,
  type Resources,
  unknownId,
} from './resource.ts'
import { inventKey } from './signing.ts'
import { apiUrl, isoMoment, toJson, type World } from './world.ts'

/** A webhook as registered. */
export interface Webhook {
  id: number
  createdAtMs: number
  event: string
  address: string
  /** Signs this webhook's deliveries (section 7). */
  key: string
  active: boolean
  /** `api_public` of the key that made it. */
  owner: string
}

/** Events seen in a working app (section 7). There is no catch-all "order updated". */
const webhookEvents = [
  'orders.created',
  'orders.updated.status',
  'orders.updated.ispaid',
  'orders.updated.trackandtrace',
  ...['products', 'returns', 'categories'].flatMap((noun) => [
    `${noun}.created`,
    `${noun}.updated`,
    `${noun}.deleted`,
  ]),
]

const webhooksMax = 1000

export interface Webhooks {
  /** The active ones for this event. */
  listening(event: string): Webhook[]
  all(): readonly Webhook[]
  removeOf(owner: string): void
  clear(): void
  resources: Resources
}

/** GET, POST /webhooks and GET, PATCH, DELETE /webhooks/{id}; each key sees its own. */
export function createWebhooks(world: World): Webhooks {
  let webhooks: Webhook[] = []
  let nextId = 812

  const own = ({ id, key }: ApiCall) =>
    webhooks.find((one) => one.id === id && one.owner === key.apiPublic)

  function create({ body, key }: ApiCall): ApiAnswer {
    const input = readObject(world, body)
    if (input.is === 'wrong') return input.answer
    const { event, address, is_active: active = true } = input.value
    if (typeof event !== 'string' || !isEvent(world, event)) return invalid('event is not known')
    if (!isAddress(address)) return invalid('address must be an absolute URL')
    if (typeof active !== 'boolean') return invalid('is_active must be true or false')
    const { refuseDoubleWebhooks, createAnswer } = world.switches
    const isDouble = webhooks.some(
      (one) => one.owner === key.apiPublic && one.event === event && one.address === address,
    )
    if (isDouble && refuseDoubleWebhooks) return failure('500.40', 'Property exists already')
    if (webhooks.length >= webhooksMax) return failure('500.60', 'Too many webhooks')

    const webhook = {
      id: nextId,
      createdAtMs: world.now().getTime(),
      event,
      address,
      key: inventKey(world.random),
      active,
      owner: key.apiPublic,
    }
    nextId += 1
    webhooks.push(webhook)
    if (createAnswer === '204') return done
    const status = Number(createAnswer)
    return { status, type: 'webhooks', body: toJson(world, webhookValue(world, webhook, true)) }
  }

  function patch(call: ApiCall): ApiAnswer {
    const webhook = own(call)
    if (webhook === undefined) return unknownId()
    const input = readObject(world, call.body)
    if (input.is === 'wrong') return input.answer
    const { address = webhook.address, is_active: active = webhook.active } = input.value
    if (!isAddress(address)) return invalid('address must be an absolute URL')
    if (typeof active !== 'boolean') return invalid('is_active must be true or false')
    Object.assign(webhook, { address, active })
    return done
  }

  const write = (webhook: Webhook) =>
    toJson(world, webhookValue(world, webhook, world.switches.webhookKeyInGet))

  const resources: Resources = {
    webhooks: {
      GET: ({ query, key }) => {
        const page = readPage(world, query)
        if (isFailure(page)) return page
        const mine = webhooks.filter(({ owner }) => owner === key.apiPublic)
        return collection(world, 'webhooks', query, page, cut(mine, page, write))
      },
      POST: create,
    },
    'webhooks/:id': {
      GET: (call) => {
        const webhook = own(call)
        return webhook === undefined ? unknownId() : found('webhooks', write(webhook))
      },
      PATCH: patch,
      DELETE: (call) => {
        const webhook = own(call)
        if (webhook === undefined) return unknownId()
        webhooks = webhooks.filter((one) => one !== webhook)
        return done
      },
    },
  }

  return {
    listening: (event) => webhooks.filter((one) => one.active && one.event === event),
    all: () => webhooks,
    removeOf: (owner) => {
      webhooks = webhooks.filter((one) => one.owner !== owner)
    },
    clear: () => {
      webhooks = []
      nextId = 812
    },
    resources,
  }
}

function webhookValue(world: World, webhook: Webhook, withKey: boolean): Record<string, unknown> {
  return {
    href: apiUrl(world, `webhooks/${webhook.id}/`),
    id: webhook.id,
    createdate: isoMoment(webhook.createdAtMs),
    event: webhook.event,
    address: webhook.address,
    ...(withKey ? { key: webhook.key } : {}),
    is_active: webhook.active,
    parent: { href: apiUrl(world, 'webhooks') },
  }
}

function isEvent(world: World, event: string): boolean {
  return webhookEvents.includes(event) || event === world.switches.webhookOnEdit
}

function isAddress(address: unknown): address is string {
  return typeof address === 'string' && /^https?:$/.test(URL.parse(address)?.protocol ?? '')
}
