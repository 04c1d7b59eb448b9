import type { Chance } from '../simulate/world.ts'

/** Values that remotes have been seen to send where something else was meant, and worse. */
const strangers: readonly unknown[] = [
  null,
  '',
  ' ',
  0,
  -1,
  -0,
  0.1,
  1e21,
  -1e-9,
  2 ** 53,
  true,
  false,
  [],
  {},
  [[]],
  [null],
  'null',
  'NaN',
  '1e999',
  '-0.00',
  '1,50',
  '1.234,56',
  '0x10',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31T23:59:60Z',
  '<html><body>Onderhoud</body></html>',
  '\u0000',
  '\ud800',
  '\u202e',
  'a'.repeat(20_000),
  { __proto__: { polluted: true } },
  { toString: 'x', constructor: null },
]

type Box = Record<string, unknown> | unknown[]

const isBox = (value: unknown): value is Box => typeof value === 'object' && value !== null

/** Every object and list of a JSON value, the value itself first. */
const boxesOf = (value: unknown): Box[] => {
  const boxes: Box[] = []
  const waiting = [value]
  while (waiting.length > 0) {
    const each = waiting.pop()
    if (!isBox(each)) continue
    boxes.push(each)
    waiting.push(...Object.values(each))
  }
  return boxes
}

/** Shallow enough for what makes text of it: several may end up in each other. */
const deep = (): unknown => {
  let value: unknown = 1
  for (let depth = 0; depth < 300; depth += 1) value = [value]
  return value
}

/** Deeper than anything that calls itself at each level can go. */
const abyss = '['.repeat(20_000) + ']'.repeat(20_000)

const change = (chance: Chance, box: Box): void => {
  const keys = Object.keys(box)
  if (keys.length === 0) {
    Object.assign(box, { extra: structuredClone(chance.pick(strangers)) })
    return
  }
  const key = chance.pick(keys)
  const put = (value: unknown) => Reflect.set(box, key, value)
  const old: unknown = Reflect.get(box, key)
  switch (chance.whole(0, 6)) {
    case 0:
      return void Reflect.deleteProperty(box, key)
    case 1:
      return void put([old])
    case 2:
      return void put(typeof old === 'string' ? [old] : JSON.stringify(old))
    case 3:
      return void put(typeof old === 'number' ? -old : typeof old === 'string' ? Number(old) : 7)
    case 4:
      return void put(chance.happens(0.02) ? deep() : { 0: old })
    case 5: {
      const other: unknown = Reflect.get(box, chance.pick(keys))
      return void put(structuredClone(other))
    }
    default:
      put(structuredClone(chance.pick(strangers)))
  }
}

const spoilText = (chance: Chance, text: string): string => {
  const at = chance.whole(0, text.length)
  switch (chance.whole(0, 4)) {
    case 0:
      return text.slice(0, at)
    case 1:
      return text.slice(0, at) + String.fromCharCode(chance.whole(0, 0xffff)) + text.slice(at + 1)
    case 2:
      return text + text
    case 3:
      return chance.happens(0.1) ? text.replace(/(?<=:\s*)("[^"]*"|\d+)/, abyss) : abyss
    default:
      return `\ufeff${text}`
  }
}

/** A body that is nearly what the remote would say: a few changes of its JSON, or of its text. */
export const mutated = (chance: Chance, body: string): string => {
  if (chance.happens(0.1)) return spoilText(chance, body)
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return spoilText(chance, body)
  }
  if (!isBox(value)) return JSON.stringify(chance.pick(strangers))
  for (let count = chance.whole(1, 3); count > 0; count -= 1) {
    change(chance, chance.pick(boxesOf(value)))
  }
  return JSON.stringify(value)
}
