import { useSyncExternalStore } from 'react'
import { serverNowMs } from '../api/server-clock.ts'

const tickMs = 15_000

let nowMs = serverNowMs()
let watchers = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

const tick = () => {
  nowMs = serverNowMs()
  for (const listener of listeners) listener()
}

/** One clock for all relative times on the screen, so that they change together. */
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  watchers += 1
  if (watchers === 1) {
    nowMs = serverNowMs()
    timer = setInterval(tick, tickMs)
  }
  return () => {
    listeners.delete(listener)
    watchers -= 1
    if (watchers === 0) clearInterval(timer)
  }
}

/** The present moment on the server's clock in milliseconds, renewed every quarter of a minute. */
export const useNowMs = (): number => useSyncExternalStore(subscribe, () => nowMs)
