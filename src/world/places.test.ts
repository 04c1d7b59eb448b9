import { expect, test } from 'vitest'
import { placesFor } from './places.ts'

/** Lets everything that can go on go on. */
const aTurn = () =>
  new Promise<void>((resolve) => {
    setImmediate(resolve)
  })

test('whoever finds no place waits until one is given back, in line', async () => {
  const places = placesFor(2)
  const inside: string[] = []
  const enter = async (name: string) => {
    const leave = await places.enter()
    inside.push(name)
    return leave
  }
  const leaveFirst = await enter('first')
  await enter('second')
  const third = enter('third')
  const fourth = enter('fourth')
  await aTurn()
  expect(inside).toEqual(['first', 'second'])
  leaveFirst()
  // Twice is once: nobody may give back a place that is not his.
  leaveFirst()
  await third
  await aTurn()
  expect(inside).toEqual(['first', 'second', 'third'])
  ;(await third)()
  await fourth
  expect(inside).toEqual(['first', 'second', 'third', 'fourth'])
})

test('room is told of and not taken', async () => {
  const places = placesFor(1)
  await places.room()
  const leave = await places.enter()
  let room = false
  const waited = places.room().then(() => {
    room = true
  })
  await aTurn()
  expect(room).toBe(false)
  leave()
  await waited
  await places.enter()
})
