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

test('of several who come at once, no more get in than there are places', async () => {
  const places = placesFor(2)
  let inside = 0
  let most = 0
  const visit = async () => {
    const leave = await places.enter()
    inside += 1
    most = Math.max(most, inside)
    await aTurn()
    inside -= 1
    leave()
  }
  await Promise.all(Array.from({ length: 7 }, visit))
  expect(most).toBe(2)
})

test('whoever is told of room keeps nobody from it', async () => {
  const places = placesFor(1)
  const leave = await places.enter()
  const told = places.room()
  const entered = places.enter()
  leave()
  await told
  ;(await entered)()
})
