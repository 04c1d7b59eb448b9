import type { z } from 'zod'
import { explain } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import type { me } from '../../src/server/api.ts'
import { fakeSales, type FakeSale } from './fake-sales.ts'

type Integration = z.output<typeof me>['integrations'][number]

interface Scenario {
  id: string
  name: string
  merchant: string
  role?: Integration['role']
  state?: Integration['state']
  shop?: Integration['webshop']['dot']
  books?: Integration['webshop']['dot']
  sales: FakeSale[]
  /** `never`: answers stay away, for the loading state. `fails`: every list is an error. */
  answers?: 'never' | 'fails'
}

const integrationId = (n: number): string => `11111111-1111-4111-8111-00000000000${n}`
const none: FakeSale[] = []

/** One integration for each thing worth looking at. */
export const scenarios: Scenario[] = [
  {
    id: integrationId(1),
    name: 'Rijwielhandel Verbeeck',
    merchant: 'Verbeeck & Zonen BV',
    sales: fakeSales({ booked: 500, causes: 6, waiting: 11 }),
  },
  {
    id: integrationId(2),
    name: 'De Theetuin',
    merchant: 'De Theetuin',
    sales: fakeSales({ booked: 4, causes: 0, waiting: 0 }),
  },
  {
    id: integrationId(3),
    name: 'Atelier Noordzee',
    merchant: 'Atelier Noordzee',
    state: 'installing',
    books: 'new',
    sales: none,
  },
  {
    id: integrationId(4),
    name: 'Kaasboerderij ’t Hoogeland, webwinkel en abonnementen',
    merchant: 'Kaasboerderij ’t Hoogeland CV',
    books: 'red',
    sales: none,
    answers: 'fails',
  },
  { id: integrationId(5), name: 'Trage Wol', merchant: 'Trage Wol', sales: none, answers: 'never' },
  {
    id: integrationId(6),
    name: 'Lampen & Licht',
    merchant: 'Verlinden',
    role: 'member',
    sales: fakeSales({ booked: 40, causes: 3, waiting: 4 }),
  },
  { id: integrationId(7), name: 'Boekhandel Pluim', merchant: 'Pluim', sales: none },
  {
    id: integrationId(9),
    name: 'Bakkerij Peeters',
    merchant: 'Bakkerij Peeters',
    state: 'installing',
    shop: 'new',
    books: 'new',
    sales: none,
  },
  { id: integrationId(8), name: 'Oude winkel', merchant: 'Pluim', state: 'stopped', sales: none },
]

export const fakeMe = (language: Language, preferred: Language): z.output<typeof me> => ({
  user: {
    id: 'u1',
    name: 'Marieke Verbeeck',
    email: 'marieke@verbeeck.example',
    language: preferred,
    operator: true,
  },
  merchants: [
    { id: 'm1', name: 'Verbeeck & Zonen BV', role: 'owner' },
    { id: 'm2', name: 'De Theetuin', role: 'admin' },
  ],
  integrations: scenarios.map(
    ({ id, name, merchant, role = 'owner', state = 'active', shop, books }) => ({
      id,
      name,
      merchantId: 'm1',
      merchant,
      role,
      state,
      view:
        name === 'Lampen & Licht'
          ? { id, endsAt: new Date(Date.now() + 2_400_000).toISOString() }
          : null,
      webshop: end('kmoshops', 'KMO Shops', shop, language),
      accounting: end('rompslomp', 'Rompslomp', books, language),
    }),
  ),
})

const end = (
  system: string,
  title: string,
  dot: Integration['webshop']['dot'] = 'green',
  language: Language,
): Integration['webshop'] => ({
  system,
  title,
  dot,
  problem:
    dot === 'red'
      ? {
          code: 'CONNECTION_BROKEN',
          params: { system: title },
          ...explain('CONNECTION_BROKEN', { system: title }, language),
          help: '/help/CONNECTION_BROKEN',
        }
      : null,
  checkedAt: dot === 'new' ? null : new Date(Date.now() - 240_000).toISOString(),
})
