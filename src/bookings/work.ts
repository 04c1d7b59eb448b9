import type { Side } from '../database/schema.ts'
import { reason, Trouble } from '../problems/reason.ts'
import { book, readSale } from './book.ts'
import type { Booking } from './booking.ts'
import { findOut, lookForTwin, lookUpFailed, twinNotFound } from './clerk.ts'
import { DatabaseFailed, isUnstorable, Moved, Overtaken } from './commit-errors.ts'
import type { Desk } from './desk.ts'
import { holdBack } from './held-back.ts'
import { postpone } from './postpone.ts'
import type { Report } from './report.ts'

/** Runs `step`, turning trouble of one end into what that means for the booking. */
const withCare = async <T>(
  desk: Desk,
  booking: Booking,
  side: Side,
  step: () => Promise<T>,
): Promise<T | Report> => {
  try {
    return await step()
  } catch (error) {
    if (error instanceof Trouble) return afterTrouble(desk, booking, side, error)
    throw error
  }
}

const afterTrouble = async (
  desk: Desk,
  booking: Booking,
  side: Side,
  trouble: Trouble,
): Promise<Report> => {
  const broken = trouble.cure === 'reconnect'
  if (booking.state === 'booked') await twinNotFound(desk, booking)
  else if (booking.state !== 'seen' && booking.state !== 'open') await lookUpFailed(desk, booking)
  if (booking.state !== 'seen' && booking.state !== 'open') {
    return broken
      ? { is: 'broken', side, reason: trouble.reason }
      : { is: 'trouble', restMs: trouble.retryAfterMs ?? null }
  }
  if (trouble.cure === 'never') {
    await desk.commits.settle(desk.lease, booking, booking.state, {
      to: 'refused',
      reason: trouble.reason,
      dueAt: null,
      attempts: 0,
    })
    return { is: 'fine' }
  }
  const { retryAfterMs } = trouble
  return postpone(desk, booking, booking.state, {
    reason: trouble.reason,
    side,
    retryAfterMs,
    broken,
  })
}

const isReport = (value: object): value is Report => 'is' in value && value.is !== 'gone'

const step = async (desk: Desk, booking: Booking): Promise<Report> => {
  switch (booking.state) {
    case 'seen':
    case 'open': {
      if (desk.heldBack) return holdBack(desk, booking)
      const sale = await withCare(desk, booking, 'webshop', () => readSale(desk, booking))
      if (isReport(sale)) return sale
      return withCare(desk, booking, 'accounting', () => book(desk, booking, sale))
    }
    case 'reserved':
    case 'uncertain':
      return withCare(desk, booking, 'accounting', () => findOut(desk, booking))
    case 'booked':
      return withCare(desk, booking, 'accounting', () => lookForTwin(desk, booking))
    case 'parked':
    case 'refused':
    case 'closed':
      throw new Error(`a ${booking.state} booking is not for a drain`)
  }
}

/** A bug: the booking leaves the way, so that it can't stop the ones behind it; the operator hears of it. */
const afterFault = async (desk: Desk, booking: Booking): Promise<void> => {
  if (booking.state === 'reserved' || booking.state === 'uncertain') {
    await lookUpFailed(desk, booking)
    return
  }
  if (booking.state === 'booked') await twinNotFound(desk, booking)
  if (booking.state !== 'seen' && booking.state !== 'open') return
  await desk.commits.settle(desk.lease, booking, booking.state, {
    to: 'refused',
    reason: reason('INTERNAL_FAULT'),
    dueAt: null,
  })
}

/** Works on one booking that is due, whatever its state. Never throws. */
export const work = async (desk: Desk, booking: Booking): Promise<Report> => {
  try {
    return await step(desk, booking)
  } catch (error) {
    // A person was quicker with this one; that is no reason to leave the others.
    if (error instanceof Moved) return { is: 'fine' }
    if (error instanceof Overtaken) return { is: 'overtaken' }
    desk.onFault(error, booking)
    // Nobody knows what was committed: whoever takes over looks.
    if (error instanceof DatabaseFailed && !isUnstorable(error)) return { is: 'overtaken' }
    try {
      await afterFault(desk, booking)
      return { is: 'fine' }
    } catch {
      // The database does not answer, or the booking is past its reservation: whoever takes over looks
      // it up. This drain stops.
      return { is: 'overtaken' }
    }
  }
}
