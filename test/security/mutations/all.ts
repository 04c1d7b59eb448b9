import { addresses } from './addresses.ts'
import { forgery } from './forgery.ts'
import { injection } from './injection.ts'
import { people } from './people.ts'
import { secrets } from './secrets.ts'
import { tenants } from './tenants.ts'
import type { Mutation } from './mutation.ts'

/** Every guard that is shown to be one. */
export const mutations: readonly Mutation[] = [
  ...tenants,
  ...forgery,
  ...addresses,
  ...injection,
  ...people,
  ...secrets,
]
