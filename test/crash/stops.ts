import { z } from 'zod'

/** Where a process is to stop with one integration: at the nth passage of a crash point. */
const stop = z.object({ integrationId: z.string(), point: z.string(), passage: z.number() })
export type Stop = z.infer<typeof stop>

/** The variable of its environment that tells a stopping worker where. */
export const stopsVariable = 'CRASH_STOPS'

export const readStops = (text: string): Stop[] => z.array(stop).parse(JSON.parse(text))

/** What it says when it stands there, and when the work that it stood in has come to its end. */
export const said = {
  standing: (integrationId: string) => `stands ${integrationId}`,
  through: (integrationId: string) => `is through ${integrationId}`,
}

/** The line on its input that lets everything go on. */
export const goOn = 'go on'
