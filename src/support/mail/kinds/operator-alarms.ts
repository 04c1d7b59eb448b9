import { z } from 'zod'
import { mailKind } from '../mail-kind.ts'

/** Tells operators what the monitor found; one mail for all alarms of one round. */
export const operatorAlarms = mailKind({
  essential: true,
  params: z.object({
    name: z.string(),
    alarms: z
      .array(z.object({ nl: z.string(), en: z.string(), url: z.url() }))
      .min(1)
      .max(50),
    more: z.int(),
    url: z.url(),
  }),
  write: (given, language) => {
    const items = given.alarms.map((alarm) => ({ text: alarm[language], url: alarm.url }))
    const count = given.alarms.length + given.more
    return language === 'nl'
      ? {
          subject: count === 1 ? `Alarm: ${items[0]?.text ?? ''}` : `${count} alarmen in Doorvoer`,
          parts: [
            { is: 'text', text: `Beste ${given.name},` },
            { is: 'text', text: 'De bewaking van Doorvoer meldt:' },
            { is: 'list', items },
            ...(given.more > 0
              ? [{ is: 'text', text: `En nog ${given.more} andere.` } as const]
              : []),
            { is: 'button', label: 'Open de console', url: given.url },
          ],
        }
      : {
          subject: count === 1 ? `Alarm: ${items[0]?.text ?? ''}` : `${count} alarms in Doorvoer`,
          parts: [
            { is: 'text', text: `Dear ${given.name},` },
            { is: 'text', text: 'The monitor of Doorvoer reports:' },
            { is: 'list', items },
            ...(given.more > 0 ? [{ is: 'text', text: `And ${given.more} more.` } as const] : []),
            { is: 'button', label: 'Open the console', url: given.url },
          ],
        }
  },
})
