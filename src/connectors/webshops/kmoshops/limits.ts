import type { Pace } from '../../pace.ts'

/**
 * What the platform counts together: calls of one method on one resource, per minute (contract §5). The rows
 * of an order are a resource of their own although their address lies below the order's.
 */
const bucketOf = (method: string, url: string): string => {
  const segments = new URL(url).pathname.replace(/^.*\/api\/rest\/v1\//, '').split('/')
  const resource = segments.filter((segment) => /^[a-z]/.test(segment)).at(-1) ?? ''
  return `${method} ${resource}`
}

/** 150 GETs a minute per resource. We make few other calls, whose limit is 100. */
export const pace: Pace = { calls: 150, windowMs: 60_000, concurrency: 8, bucketOf }
