import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { casesFor, standardPair } from '../crash/cases.ts'
import { soundBefore, writeOutcome } from '../crash/outcome-log.ts'
import { failed, type Outcome } from '../crash/rescue.ts'
import { openRunLog } from './run-log.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-run-log-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const casesOfOnePair = casesFor(standardPair)

const outcomeOf = (nth: number): Outcome => {
  const crashCase = casesOfOnePair[nth]
  if (crashCase === undefined) throw new Error('there are fewer cases')
  return {
    ...failed(crashCase, ''),
    failure: null,
    pid: 7,
    atDeath: { state: 'reserved', invoices: 1, debtors: 1 },
    recoveryMs: 31_000,
    rows: [{ state: 'booked', remoteNumber: '20260001', reasonCode: null }],
    invoices: [{ number: '20260001', totalCents: 1_210 }],
    debtors: 1,
    totalCents: 1_210,
  }
}

test('a run that was broken off goes on with what the same commit has not seen to be sound', () => {
  const file = path.join(folder, 'log')
  const first = openRunLog(file, 'abc123', 'crash')
  const [sound, faulty, endless] = [outcomeOf(0), outcomeOf(1), outcomeOf(2)]
  writeOutcome(first, sound, null)
  writeOutcome(first, faulty, 'more than one invoice or debtor')
  writeOutcome(first, { ...endless, recoveryMs: Infinity }, 'no invoice')

  const again = openRunLog(file, 'abc123', 'crash')
  expect(soundBefore(again, sound.crashCase)).toEqual(sound)
  expect(soundBefore(again, faulty.crashCase)).toBeNull()
  expect(soundBefore(again, endless.crashCase)).toBeNull()
  expect(soundBefore(again, outcomeOf(3).crashCase)).toBeNull()

  const ofAnother = openRunLog(file, 'def456', 'crash')
  expect(soundBefore(ofAnother, sound.crashCase)).toBeNull()
  const ofAnotherPart = openRunLog(file, 'abc123', 'kills')
  expect(soundBefore(ofAnotherPart, sound.crashCase)).toBeNull()
})

test('the last that was seen of a case counts', () => {
  const file = path.join(folder, 'twice')
  const log = openRunLog(file, 'abc123', 'crash')
  const outcome = outcomeOf(0)
  writeOutcome(log, outcome, 'no invoice')
  writeOutcome(log, outcome, null)
  expect(soundBefore(openRunLog(file, 'abc123', 'crash'), outcome.crashCase)).toEqual(outcome)
})
