import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client'

/** What is counted, for /metrics. Labels are systems, states and codes: never a merchant's data. */
export interface Meters {
  /** Webhooks by system and result: `accepted`, or the code of the problem. */
  webhooks: Counter<'system' | 'result'>
  /** Seconds until a webhook was answered. */
  acknowledgement: Histogram<'system'>
  /** Calls of app stores by system, call and result. */
  storeCalls: Counter<'system' | 'call' | 'result'>
}

export const createMeters = (): { registry: Registry; meters: Meters } => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    meters: {
      webhooks: new Counter({
        name: 'doorvoer_webhooks_total',
        help: 'Webhooks received, by system and result',
        labelNames: ['system', 'result'],
        registers: [registry],
      }),
      acknowledgement: new Histogram({
        name: 'doorvoer_webhook_acknowledgement_seconds',
        help: 'Time until a webhook was answered, after its commit',
        labelNames: ['system'],
        buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
        registers: [registry],
      }),
      storeCalls: new Counter({
        name: 'doorvoer_store_calls_total',
        help: 'Calls of app stores, by system, call and result',
        labelNames: ['system', 'call', 'result'],
        registers: [registry],
      }),
    },
  }
}
