import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { createContext, use, useEffect, useState } from 'react'
import { countsQuery, liveKey } from './api/queries.ts'

/** Whether the screen follows what happens: said as it is, because people decide by what they see. */
export type LiveState = 'connecting' | 'live' | 'reconnecting'

const quietMs = 300
const restMs = 2_000
const retryMinMs = 2_000
const retryMaxMs = 30_000

interface Listener {
  onChange: () => void
  onState: (state: LiveState) => void
  /** The server refuses the stream; a session that expired shows itself when something is asked. */
  onRefused: () => void
}

/** Listens to one stream of the server until the returned function is called. */
const listen = (address: string, listener: Listener): (() => void) => {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let retryMs = retryMinMs
  let missed = false

  const lost = () => {
    missed = true
    listener.onState('reconnecting')
  }
  const open = () => {
    source = new EventSource(address)
    // Not `onopen`: the server may open the stream only to end it, when a user has too many open.
    source.addEventListener('connected', () => {
      retryMs = retryMinMs
      listener.onState('live')
      // What happened while nobody listened was not told; so everything is asked again.
      if (missed) listener.onChange()
      missed = false
    })
    source.addEventListener('changed', listener.onChange)
    source.onerror = () => {
      lost()
      // The browser itself comes back after a lost connection, not after a refusal.
      if (source?.readyState !== EventSource.CLOSED) return
      listener.onRefused()
      reopen(retryMs)
      retryMs = Math.min(retryMs * 2, retryMaxMs)
    }
  }
  const reopen = (delayMs: number) => {
    source?.close()
    clearTimeout(timer)
    timer = setTimeout(open, delayMs)
  }
  const online = () => reopen(0)

  open()
  window.addEventListener('offline', lost)
  window.addEventListener('online', online)
  return () => {
    source?.close()
    clearTimeout(timer)
    window.removeEventListener('offline', lost)
    window.removeEventListener('online', online)
  }
}

/** Collects a burst of changes into one; at most one every `restMs`, and never forgets the last. */
const gathered = (act: () => void): { ring: () => void; stop: () => void } => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    ring: () => {
      if (timer !== undefined) return
      const waitMs = Math.max(quietMs, lastMs + restMs - performance.now())
      timer = setTimeout(() => {
        timer = undefined
        lastMs = performance.now()
        act()
      }, waitMs)
    },
    stop: () => clearTimeout(timer),
  }
}

/**
 * Keeps everything under `key` up to date, and says whether it can.
 * @param probe asked anew when the server refuses the stream: an expired session then shows itself
 */
export const useStream = (address: string, key: QueryKey, probe: QueryKey): LiveState => {
  const queries = useQueryClient()
  const [state, setState] = useState<LiveState>('connecting')
  const keyText = JSON.stringify([key, probe])

  useEffect(() => {
    const [changing, refused] = JSON.parse(keyText) as [QueryKey, QueryKey]
    const changes = gathered(() => {
      void queries.invalidateQueries({ queryKey: changing })
    })
    const stop = listen(address, {
      onChange: changes.ring,
      onState: setState,
      onRefused: () => {
        void queries.invalidateQueries({ queryKey: refused })
      },
    })
    return () => {
      changes.stop()
      stop()
    }
  }, [address, keyText, queries])

  return state
}

/** Keeps everything that is shown of the integration up to date, and says whether it can. */
export const useLive = (integrationId: string): LiveState =>
  useStream(
    `/api/integrations/${integrationId}/events`,
    liveKey(integrationId),
    countsQuery(integrationId).queryKey,
  )

/** The state of the integration on the screen, for whoever shows it. */
export const LiveContext = createContext<LiveState>('connecting')

export const useLiveState = (): LiveState => use(LiveContext)
