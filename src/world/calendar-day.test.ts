import { expect, test } from 'vitest'
import { addDays, addMonths, calendarDay, daysBetween, laterDay } from './calendar-day.ts'

test('a moment belongs to the day it has in Amsterdam', () => {
  expect(calendarDay(new Date('2026-06-30T22:30:00Z'))).toBe('2026-07-01')
  expect(calendarDay(new Date('2026-12-31T22:30:00Z'))).toBe('2026-12-31')
})

test('days are counted over the change of the clock', () => {
  expect(addDays('2026-03-28', 2)).toBe('2026-03-30')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2)
  expect(daysBetween('2026-10-26', '2026-10-24')).toBe(-2)
})

test('a year from a leap day ends on the last of February', () => {
  expect(addMonths('2028-02-29', 12)).toBe('2029-02-28')
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28')
  expect(addMonths('2026-11-20', 12)).toBe('2027-11-20')
  expect(addMonths('2026-01-31', -2)).toBe('2025-11-30')
})

test('the later of two days', () => {
  expect(laterDay('2026-01-02', '2025-12-31')).toBe('2026-01-02')
})
