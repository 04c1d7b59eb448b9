import { describe, expect, test } from 'vitest'
import { addDays, addMonths } from '../world/calendar-day.ts'
import {
  collectDays,
  comesUnannounced,
  endsAfterRevoking,
  isHeldBack,
  nextStepOn,
  phaseOn,
  stepOn,
  stopsBookingOn,
  stopsCollectingOn,
  termStartsOn,
  type LicenceFacts,
} from './licence.ts'

const trial: LicenceFacts = {
  billing: 'offer',
  term: 'trial',
  endsOn: '2026-12-20',
  stoppedOn: null,
}
const paid: LicenceFacts = { ...trial, term: 'paid', endsOn: '2027-12-20' }

/** Every change of `of` over the days around a term, as day and value. */
const changes = (licence: LicenceFacts, of: (day: string) => string | null) => {
  const found: string[] = []
  let before: string | null = null
  for (
    let day = addDays(licence.endsOn, -60);
    day < addDays(licence.endsOn, 90);
    day = addDays(day, 1)
  ) {
    const value = of(day)
    if (value !== before) found.push(`${day} ${value ?? 'nothing'}`)
    before = value
  }
  return found
}

describe('the phases', () => {
  test('of a trial that nobody pays', () => {
    expect(changes(trial, (day) => phaseOn(trial, day))).toEqual([
      '2026-10-21 trial',
      '2026-12-20 grace',
      '2026-12-23 collecting',
      '2027-02-21 lapsed',
    ])
    expect(stopsBookingOn(trial)).toBe('2026-12-23')
    expect(stopsCollectingOn(trial)).toBe('2027-02-21')
  })

  test('of a paid year that nobody renews', () => {
    expect(changes(paid, (day) => phaseOn(paid, day))).toEqual([
      '2027-10-21 paid',
      '2027-12-20 grace',
      '2028-01-03 collecting',
      '2028-03-03 lapsed',
    ])
    expect(collectDays).toBe(60)
  })

  test('of what the app store bills: it books until the store says that it ended', () => {
    const store: LicenceFacts = { ...trial, billing: 'store' }
    expect(phaseOn(store, '2031-01-01')).toBe('store')
    expect(phaseOn({ ...store, stoppedOn: '2027-01-01' }, '2027-01-01')).toBe('stopped')
    expect([stepOn(store, '2031-01-01'), nextStepOn(store, '2026-12-01')]).toEqual([null, null])
  })
})

test('sales are held back from the step on that says so, until the end is another one', () => {
  const stopped = { ...trial, step: 'booking-stopped', stepFor: trial.endsOn }
  expect(isHeldBack(stopped)).toBe(true)
  expect(isHeldBack({ ...stopped, step: 'collecting-ends-in-a-week' })).toBe(true)
  expect(isHeldBack({ ...stopped, step: 'booking-stops-tomorrow' })).toBe(false)
  expect(isHeldBack({ ...stopped, endsOn: '2027-12-20' })).toBe(false)
  expect(isHeldBack({ ...trial, step: null, stepFor: null })).toBe(false)
})

test('an end of which nobody was told comes unannounced', () => {
  expect(comesUnannounced({ ...trial, step: null, stepFor: null }, 'lapsed')).toBe(true)
  expect(comesUnannounced({ ...trial, step: null, stepFor: null }, 'ends-tomorrow')).toBe(false)
  const told = { ...trial, step: 'ends-in-a-week', stepFor: trial.endsOn }
  expect(comesUnannounced(told, 'ended')).toBe(false)
  expect(comesUnannounced({ ...told, stepFor: '2025-12-20' }, 'ended')).toBe(true)
})

describe('the ladder', () => {
  test('of a trial reminds 7 and 1 days before', () => {
    expect(changes(trial, (day) => stepOn(trial, day))).toEqual([
      '2026-12-13 ends-in-a-week',
      '2026-12-19 ends-tomorrow',
      '2026-12-20 ended',
      '2026-12-22 booking-stops-tomorrow',
      '2026-12-23 booking-stopped',
      '2027-02-14 collecting-ends-in-a-week',
      '2027-02-21 lapsed',
    ])
  })

  test('of a paid year begins with the offer, a month before', () => {
    expect(changes(paid, (day) => stepOn(paid, day)).slice(0, 3)).toEqual([
      '2027-11-20 offer',
      '2027-12-13 ends-in-a-week',
      '2027-12-19 ends-tomorrow',
    ])
  })

  test('names the day of the next step, and ends', () => {
    expect(nextStepOn(trial, '2026-11-20')).toBe('2026-12-13')
    expect(nextStepOn(trial, '2026-12-13')).toBe('2026-12-19')
    expect(nextStepOn(trial, '2027-02-21')).toBeNull()
    expect(nextStepOn({ ...trial, stoppedOn: '2026-12-01' }, '2026-12-01')).toBeNull()
  })
})

describe('a term that is paid', () => {
  test('in time or in the grace goes on where the last one ended', () => {
    expect(termStartsOn(trial, '2026-12-01')).toBe('2026-12-20')
    expect(termStartsOn(paid, '2027-12-30')).toBe('2027-12-20')
  })

  test('after booking had stopped starts on that day', () => {
    expect(termStartsOn(trial, '2027-01-15')).toBe('2027-01-15')
  })

  test('and taken back ends the licence that day, with the ladder before it', () => {
    const bought = { ...paid, endsOn: addMonths(trial.endsOn, 12) }
    expect(endsAfterRevoking(bought, 365, '2027-02-01')).toBe('2027-02-01')
    expect(phaseOn({ ...bought, endsOn: '2027-02-01' }, '2027-02-01')).toBe('grace')
    // Paid before the trial was over: the rest of the trial stays.
    expect(endsAfterRevoking(bought, 365, '2026-12-10')).toBe('2026-12-20')
  })
})
