const keptMax = 200

/** One line of the log. Without query, headers and body: secrets travel there. */
export interface LoggedRequest {
  at: string
  method: string
  path: string
  /** 0 when the client got no whole answer. */
  status: number
  fault?: string
}

/** The last 200 requests of a sandbox, for a person who wonders what just happened. */
export interface RequestLog {
  add(entry: LoggedRequest): void
  /** Oldest first. */
  list(): LoggedRequest[]
  clear(): void
}

/** Makes an empty log; a ring, so that adding costs the same for ever. */
export function createRequestLog(): RequestLog {
  let ring: LoggedRequest[] = []
  let oldest = 0
  return {
    add: (entry) => {
      if (ring.length < keptMax) {
        ring.push(entry)
        return
      }
      ring[oldest] = entry
      oldest = (oldest + 1) % keptMax
    },
    list: () => [...ring.slice(oldest), ...ring.slice(0, oldest)],
    clear: () => {
      ring = []
      oldest = 0
    },
  }
}
