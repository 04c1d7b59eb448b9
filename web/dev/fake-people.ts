import { termsOf } from '../../src/merchants/terms.ts'
import { allSystems } from '../../src/server/systems.ts'
import type { Answers } from './fake-answer.ts'

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()

const base = {
  id: '019c0000-0000-7000-8000-000000000001',
  name: 'Maandrapport in Excel',
  hint: 'k3Xw',
  scopes: ['read' as const],
  createdAt: ago(40),
  expiresAt: ago(-50),
  lastUsedAt: ago(0.1),
}

const tokens = [
  base,
  {
    id: '019c0000-0000-7000-8000-000000000002',
    name: 'Nachtelijke verwerking',
    hint: '9QaZ',
    scopes: ['read' as const, 'process' as const],
    createdAt: ago(3),
    expiresAt: null,
    lastUsedAt: null,
  },
]

/** Answers for the pages about people: the door, the account, the Profile tab. */
export const peopleAnswers: Answers = {
  'GET /api/systems': () => allSystems(),
  'GET /api/terms': ({ query }) => {
    const { version, title, sections } = termsOf('2026-11-21', query.language)
    return { version, title, sections }
  },
  'POST /api/sign-up': () => ({ mailed: true }),
  'POST /api/password-link': () => ({ mailed: true }),
  'POST /api/store-claim': () => ({ system: 'kmoshops', title: 'KMO Shops' }),
  'POST /api/seat-offer': () => ({
    merchant: 'De Theetuin',
    role: 'member',
    email: 'kantoor@cijfers.example',
    known: false,
  }),
  'GET /api/account': () => ({
    name: 'Marieke Verbeeck',
    email: 'marieke@verbeeck.example',
    hasPassword: true,
    totp: false,
    passkeys: [{ id: 'p1', name: 'Laptop op kantoor', createdAt: ago(12) }],
    sessions: [
      {
        id: 's1',
        current: true,
        createdAt: ago(0.2),
        updatedAt: ago(0.1),
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36',
        ipAddress: '198.51.100.7',
      },
      {
        id: 's2',
        current: false,
        createdAt: ago(6),
        updatedAt: ago(2),
        userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1',
        ipAddress: '203.0.113.40',
      },
    ],
    tokens,
  }),
  'POST /api/account/tokens': () => ({
    token: 'doorvoer_3vQm0G7y1bUe9kTzXh2rLpC8nWfSd5aJ4iOoEKYxR6w',
    made: { ...base },
  }),
  'GET /api/merchants/:merchantId/people': () => ({
    people: [
      {
        userId: 'u1',
        name: 'Marieke Verbeeck',
        email: 'marieke@verbeeck.example',
        role: 'owner',
        since: ago(200),
        secondFactor: true,
      },
      {
        userId: 'u2',
        name: 'Joris van den Heuvel-Rijnders',
        email: 'joris.vandenheuvel-rijnders@verbeeck.example',
        role: 'admin',
        since: ago(80),
        secondFactor: false,
      },
    ],
    offers: [
      {
        id: '019c0000-0000-7000-8000-000000000003',
        email: 'kantoor@cijfers.example',
        role: 'member',
        offeredAt: ago(1),
        expiresAt: ago(-13),
      },
    ],
  }),
  'GET /api/integrations/:integrationId/notifications': () => ({
    language: 'nl',
    digest: 'daily',
    connectionRed: true,
    addresses: ['kantoor@cijfers.example', 'nieuw@cijfers.example'],
    unconfirmed: ['nieuw@cijfers.example'],
  }),
  'GET /api/integrations/:integrationId/terms': ({ params }) => ({
    current: '2026-11-21',
    // The one that was only just asked for.
    accepted: params['integrationId']?.endsWith('9')
      ? null
      : { version: '2026-11-01', acceptedAt: ago(5) },
  }),
}
