import { crashPoints, type CrashPoint } from '../../src/bookings/crash-points.ts'
import { findAccounting } from '../../src/connectors/registry.ts'
import { nameOf, type Pair } from '../prove/pairs.ts'

/** What the books do with the one create that goes wrong. */
export type Behaviour = 'answers' | 'creates and stays silent' | 'does nothing and stays silent'

/** One death: where, at which passage, and how the remote behaved on the way there. */
export interface CrashCase {
  pair: Pair
  /** `during:` is no named point: the test kills the worker while it waits for the books. */
  point: CrashPoint | `during:${'call-create-invoice' | 'call-create-debtor'}`
  passage: number
  /** How the sale comes in: written down by the test, found by a poll, or told by a signed webhook. */
  way: 'written' | 'poll' | 'webhook'
  /** The create that `remote` is about. */
  call: 'invoice' | 'debtor'
  remote: Behaviour
  title: string
}

const behaviours: readonly Behaviour[] = [
  'answers',
  'creates and stays silent',
  'does nothing and stays silent',
]
const silences = behaviours.slice(1)

/** A case before it is known between which systems. */
type Sketch = Omit<CrashCase, 'pair'>

type Wish = Partial<Pick<CrashCase, 'passage' | 'way' | 'call'>> & {
  remotes?: readonly Behaviour[]
}

/**
 * The passages worth dying at, by step. What the remote does at a create makes a difference from that create
 * on; before it the remote can only answer. A step that is not here is tried with all there is.
 */
const wishes: Readonly<Record<string, readonly Wish[]>> = {
  'commit-seen': [
    { way: 'webhook', remotes: ['answers'] },
    { way: 'poll', remotes: ['answers'] },
  ],
  'call-read-sale': [{ remotes: ['answers'] }],
  'call-find-debtor': [{ remotes: ['answers'] }],
  'call-look-up': [
    { remotes: ['answers'] },
    // The second one is the clerk's: for that an answer must have been lost.
    { passage: 2, remotes: silences },
  ],
  'commit-debtor-held': [{ remotes: ['answers'] }],
  'before:call-create-debtor': [{ remotes: ['answers'] }],
  'after:call-create-debtor': [{ call: 'debtor' }],
  'commit-debtor-remembered': [{ remotes: ['answers'] }],
  'call-find-product': [{ remotes: ['answers'] }],
  'commit-product-held': [{ remotes: ['answers'] }],
  'call-create-product': [{ remotes: ['answers'] }],
  'commit-product-remembered': [{ remotes: ['answers'] }],
  'commit-reserved': [{ remotes: ['answers'] }],
  'before:call-create-invoice': [{ remotes: ['answers'] }],
  'after:call-create-invoice': [{}],
  'commit-settled': [
    {},
    { call: 'debtor', remotes: silences },
    // The clerk's: booked, or not there yet.
    { passage: 2, remotes: silences },
    // Surely not there: back to the start.
    { passage: 3, remotes: ['does nothing and stays silent'] },
  ],
}

const everything: readonly Wish[] = [{}]

const wishesFor = (point: CrashPoint): readonly Wish[] =>
  wishes[point] ?? wishes[point.slice(point.indexOf(':') + 1)] ?? everything

const casesOf = (point: CrashCase['point'], wish: Wish): Sketch[] => {
  const { passage = 1, way = 'written', call = 'invoice' } = wish
  return (wish.remotes ?? behaviours).map((remote) => ({
    point,
    passage,
    way,
    call,
    remote,
    title: [
      `${point}#${passage}`,
      ...(way === 'written' ? [] : [way]),
      ...(remote === 'answers' ? [] : [`${call}: ${remote}`]),
    ].join(', '),
  }))
}

/** The one that is tried at every run of the tests. */
export const standardPair: Pair = { webshop: 'kmoshops', accounting: 'factuursturen' }

/** The points on the way of a sale between these two. */
export const pointsOf = ({ accounting }: Pair): readonly CrashPoint[] => {
  const connector = findAccounting(accounting)
  return crashPoints.filter(
    (point) =>
      (connector.products !== undefined || !point.includes('product')) &&
      // Where debtors can't be searched for, an index of ours is read instead.
      (connector.changedDebtors === undefined || !point.endsWith('call-find-debtor')),
  )
}

/** Every named point with every behaviour that makes a difference there, and the two silences themselves. */
export const casesFor = (pair: Pair): readonly CrashCase[] => {
  const hasWebhooks = pair.webshop === 'kmoshops'
  const isStandard = nameOf(pair) === nameOf(standardPair)
  return [
    ...pointsOf(pair).flatMap((point) => wishesFor(point).flatMap((wish) => casesOf(point, wish))),
    ...casesOf('during:call-create-invoice', { remotes: silences }),
    ...casesOf('during:call-create-debtor', { call: 'debtor', remotes: silences }),
  ]
    .filter(({ way }) => hasWebhooks || way !== 'webhook')
    .map((sketch) => ({
      ...sketch,
      pair,
      title: isStandard ? sketch.title : `${nameOf(pair)} ${sketch.title}`,
    }))
}
