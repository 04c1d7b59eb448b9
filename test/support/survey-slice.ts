import { surveySlice } from '../../src/bookings/surveys/survey-slice.ts'
import type { BookingStage } from './booking-stage.ts'

/** One slice of a survey on a virtual clock: time moves only while the slice sleeps between two looks. */
export const surveySliceOn = async (stage: BookingStage): Promise<boolean> => {
  const over = new AbortController()
  const done = surveySlice(stage.engine, stage.id).finally(() => over.abort())
  while (!over.signal.aborted) {
    await Promise.race([done, new Promise((resolve) => setImmediate(resolve))])
    // One sleeper is its sign of life.
    if (stage.clock.sleepers() > 1) await stage.clock.advance(500)
  }
  return done
}
