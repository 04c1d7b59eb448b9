import { expect, test } from 'vitest'
import { later, type Clock } from '../world/clock.ts'
import type { HttpAnswer } from './http.ts'
import { inRemoteTime } from './remote-time.ts'

const day = 86_400_000
const rightNow = new Date('2026-03-29T01:30:00.000Z')

const clockOff = (offMs: number): Clock => ({
  now: () => later(rightNow, offMs),
  monotonicMs: () => 0,
  sleep: () => Promise.resolve(),
})

/** A remote that takes signatures of the last quarter of an hour. */
const remote = (status = 200) => {
  const signedAt: Date[] = []
  const call = (clock: Clock): Promise<HttpAnswer> => {
    const at = clock.now()
    signedAt.push(at)
    const isInTime = Math.abs(at.getTime() - rightNow.getTime()) < 900_000
    const headers = { date: rightNow.toUTCString() }
    return Promise.resolve({ is: 'answer', status: isInTime ? status : 401, headers, body: '' })
  }
  return { call, signedAt }
}

test.each([-day, day])('a clock that is %d ms off is put right by a refusal', async (offMs) => {
  const { call, signedAt } = remote()
  const send = inRemoteTime(clockOff(offMs))
  expect(await send(call)).toMatchObject({ status: 200 })
  expect(signedAt).toEqual([later(rightNow, offMs), rightNow])
  // And stays so.
  expect(await send(call)).toMatchObject({ status: 200 })
  expect(signedAt).toHaveLength(3)
})

test('calls side by side are each put right', async () => {
  const { call } = remote()
  const send = inRemoteTime(clockOff(day))
  const answers = await Promise.all([send(call), send(call), send(call)])
  expect(answers).toMatchObject([{ status: 200 }, { status: 200 }, { status: 200 }])
})

test('a refusal at the right time is believed at once', async () => {
  const { call, signedAt } = remote(401)
  expect(await inRemoteTime(clockOff(0))(call)).toMatchObject({ status: 401 })
  expect(signedAt).toHaveLength(1)
})

test('a remote that does not tell the time is believed', async () => {
  let calls = 0
  const answer = await inRemoteTime(clockOff(day))(() => {
    calls += 1
    return Promise.resolve({ is: 'answer', status: 401, headers: {}, body: '' })
  })
  expect([answer.is, calls]).toEqual(['answer', 1])
})
