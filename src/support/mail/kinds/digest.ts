import { z } from 'zod'
import { explain, isProblemCode } from '../../../problems/catalogue.ts'
import { inDays } from '../../words.ts'
import { mailKind } from '../mail-kind.ts'

/** What needs attention in one integration today: errors by cause, each with the way to it. */
export const digest = mailKind({
  essential: false,
  params: z.object({
    integration: z.string(),
    day: z.iso.date(),
    causes: z.array(
      z.object({
        code: z.string(),
        params: z.record(z.string(), z.union([z.string(), z.number()])),
        count: z.int(),
        url: z.url(),
      }),
    ),
    /** Sales of which only a person can see whether they were booked. */
    waiting: z.int(),
    openUrl: z.url(),
    booked: z.int(),
    errorsUrl: z.url(),
  }),
  write(given, language) {
    const nl = language === 'nl'
    const errors = given.causes.reduce((total, { count }) => total + count, 0)
    const total = errors + given.waiting
    const day = inDays(given.day, language)
    return {
      subject: nl
        ? `${given.integration}: ${total} ${total === 1 ? 'verkoop vraagt' : 'verkopen vragen'} aandacht`
        : `${given.integration}: ${total} ${total === 1 ? 'sale needs' : 'sales need'} attention`,
      parts: [
        {
          is: 'text',
          text: nl
            ? `Sinds gisteren zijn ${given.booked} verkopen geboekt. Dit vraagt op ${day} nog uw aandacht:`
            : `${given.booked} sales were booked since yesterday. This still needs your attention on ${day}:`,
        },
        {
          is: 'list',
          items: [
            ...given.causes.map(({ code, params, count, url }) => ({
              text: `${count} × ${isProblemCode(code) ? explain(code, params, language).text : code}`,
              url,
            })),
            ...(given.waiting === 0
              ? []
              : [
                  {
                    text: nl
                      ? `${given.waiting} × alleen u kunt zien of deze al geboekt is`
                      : `${given.waiting} × only you can see whether it was booked`,
                    url: given.openUrl,
                  },
                ]),
          ],
        },
        { is: 'button', label: nl ? 'Naar Fouten' : 'To Errors', url: given.errorsUrl },
      ],
    }
  },
})
