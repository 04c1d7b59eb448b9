import { z } from 'zod'
import { explain, isProblemCode } from '../../../problems/catalogue.ts'
import { mailKind } from '../mail-kind.ts'

/** A connection turned red and stayed so: what is wrong, what to do, and that nothing is lost meanwhile. */
export const connectionRed = mailKind({
  essential: false,
  params: z.object({
    integration: z.string(),
    system: z.string(),
    code: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    url: z.url(),
  }),
  write(given, language) {
    const told = isProblemCode(given.code)
      ? explain(given.code, given.params, language)
      : { text: given.code, cause: '', remedy: '' }
    const nl = language === 'nl'
    return {
      subject: nl
        ? `${given.integration}: de verbinding met ${given.system} is verbroken`
        : `${given.integration}: the connection to ${given.system} is broken`,
      parts: [
        { is: 'text', text: `${told.text} ${told.cause}`.trim() },
        { is: 'text', text: told.remedy },
        {
          is: 'text',
          text: nl
            ? 'Tot die tijd wordt er niets geboekt. Er gaat niets verloren: zodra de verbinding werkt, wordt alles alsnog geboekt.'
            : 'Nothing is booked until then. Nothing is lost: as soon as the connection works, everything is booked.',
        },
        { is: 'button', label: nl ? 'Opnieuw verbinden' : 'Reconnect', url: given.url },
      ],
    }
  },
})
