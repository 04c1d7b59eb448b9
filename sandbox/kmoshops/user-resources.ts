import { customerValue, emailOf } from './customers.ts'
import { type OrderRecord } from './order.ts'
import { type Orders } from './orders.ts'
import { collection, cut, isFailure, readPage } from './paging.ts'
import { found, type Resources, unknownId } from './resource.ts'
import { apiUrl, toJson, type World } from './world.ts'

/** GET /users: the buyers' accounts, with the details of their last order (section 6.6). */
export function userResources(world: World, orders: Orders): Resources {
  const write = (order: OrderRecord) => toJson(world, accountValue(world, order))

  function accounts(): Map<number, OrderRecord> {
    const ordered = orders.all().filter(({ spec }) => spec.customerNumber !== undefined)
    return new Map(ordered.map((order) => [order.spec.customerNumber ?? 0, order]))
  }

  return {
    users: {
      GET: ({ query }) => {
        const page = readPage(world, query)
        if (isFailure(page)) return page
        return collection(world, 'users', query, page, cut([...accounts().values()], page, write))
      },
    },
    'users/:id': {
      GET: ({ id }) => {
        const order = accounts().get(id)
        return order === undefined ? unknownId() : found('users', write(order))
      },
    },
  }
}

function accountValue(world: World, { spec }: OrderRecord): Record<string, unknown> {
  return {
    href: apiUrl(world, `users/${spec.customerNumber ?? 0}/`),
    id: spec.customerNumber,
    email: emailOf(spec),
    discount_percentage: 0,
    userinfo: customerValue(world, spec),
  }
}
