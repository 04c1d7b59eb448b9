import type { ServerResponse } from 'node:http'

/** Browsers that watch an integration, each over one open response (server-sent events). */
export interface Watchers {
  /** @returns false when this user has too many open already */
  add(integrationId: string, userId: string, response: ServerResponse): boolean
  changed(integrationId: string): void
  closeAll(): void
}

const perUserMax = 20
const heartbeatMs = 20_000

export const createWatchers = (): Watchers => {
  const byIntegration = new Map<string, Set<ServerResponse>>()
  const perUser = new Map<string, number>()
  let closed = false
  const tell = (responses: Iterable<ServerResponse>, event: string) => {
    for (const response of responses) if (!response.writableEnded) response.write(event)
  }
  const heartbeat = setInterval(() => {
    for (const responses of byIntegration.values()) tell(responses, ': still here\n\n')
  }, heartbeatMs).unref()

  return {
    add(integrationId, userId, response) {
      // Left while its seat was looked up, or came while we are closing: nobody to write to.
      if (closed || response.destroyed) return false
      const open = perUser.get(userId) ?? 0
      if (open >= perUserMax) return false
      perUser.set(userId, open + 1)
      const responses = byIntegration.get(integrationId) ?? new Set()
      byIntegration.set(integrationId, responses.add(response))
      response.on('close', () => {
        responses.delete(response)
        if (responses.size === 0) byIntegration.delete(integrationId)
        const left = (perUser.get(userId) ?? 1) - 1
        if (left === 0) perUser.delete(userId)
        else perUser.set(userId, left)
      })
      response.on('error', () => response.destroy())
      response.write('event: connected\ndata: {}\n\n')
      return true
    },
    changed(integrationId) {
      tell(byIntegration.get(integrationId) ?? [], 'event: changed\ndata: {}\n\n')
    },
    closeAll() {
      closed = true
      clearInterval(heartbeat)
      for (const responses of byIntegration.values()) {
        for (const response of responses) response.end()
      }
    },
  }
}
