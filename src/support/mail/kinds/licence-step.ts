import { z } from 'zod'
import type { LicenceStep } from '../../../merchants/licence.ts'
import type { Language } from '../../../problems/problem.ts'
import { inDays, inMoney } from '../../words.ts'
import { mailKind, type MailPart } from '../mail-kind.ts'

/** The steps that a mail tells of; a lapsed integration gets the mail that it was stopped. */
export type ToldStep = Exclude<LicenceStep, 'lapsed'>

const steps = [
  'offer',
  'ends-in-a-week',
  'ends-tomorrow',
  'ended',
  'booking-stops-tomorrow',
  'booking-stopped',
  'collecting-ends-in-a-week',
] as const satisfies readonly ToldStep[]

const params = z.object({
  step: z.enum(steps),
  term: z.enum(['trial', 'paid']),
  integration: z.string(),
  endsOn: z.iso.date(),
  stopsBookingOn: z.iso.date(),
  stopsCollectingOn: z.iso.date(),
  /** Sales that wait for the licence. */
  waiting: z.int(),
  payUrl: z.url(),
  netCents: z.int(),
  vatCents: z.int(),
  vatPercent: z.string(),
  grossCents: z.int(),
})

type Given = z.output<typeof params>
interface Said {
  subject: string
  lines: readonly string[]
}

/** What each step says; `term` is what ends. Days come in the words of the language. */
type Words = (
  given: Omit<Given, 'term'> & { term: string; end: string; stop: string; last: string },
) => Said

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const dutch: Readonly<Record<ToldStep, Words>> = {
  offer: ({ integration, end }) => ({
    subject: `Offerte: nog een jaar ${integration}`,
    lines: [
      `Het betaalde jaar van uw koppeling ${integration} loopt tot ${end}. Hieronder staat onze offerte voor het jaar daarna.`,
      'Er wordt niets vanzelf verlengd of afgeschreven: u beslist. Betaalt u eerder, dan verliest u geen dag.',
    ],
  }),
  'ends-in-a-week': ({ integration, term, end }) => ({
    subject: `${capital(term)} eindigt op ${end}`,
    lines: [
      `${capital(term)} van uw koppeling ${integration} eindigt op ${end}.`,
      'Wilt u doorgaan? Hieronder staat onze offerte voor één jaar. Er wordt niets vanzelf verlengd of afgeschreven, en eerder betalen kost u geen dag.',
    ],
  }),
  'ends-tomorrow': ({ integration, term, end }) => ({
    subject: `Morgen eindigt ${term}`,
    lines: [
      `${capital(term)} van uw koppeling ${integration} eindigt op ${end}. Met de knop hieronder gaat zij zonder onderbreking door.`,
    ],
  }),
  ended: ({ integration, term, stop }) => ({
    subject: `${capital(term)} is voorbij; tot ${stop} boeken wij door`,
    lines: [
      `${capital(term)} van uw koppeling ${integration} is voorbij. Tot ${stop} boeken wij door, zodat u tijd heeft om te betalen.`,
    ],
  }),
  'booking-stops-tomorrow': ({ integration, stop }) => ({
    subject: `Vanaf ${stop} wordt niet meer geboekt`,
    lines: [
      `De licentie van uw koppeling ${integration} is verlopen. Vanaf ${stop} wordt er niets meer geboekt, tenzij u vandaag betaalt.`,
    ],
  }),
  'booking-stopped': ({ integration, last }) => ({
    subject: `${integration} boekt niet meer`,
    lines: [
      `De licentie van uw koppeling ${integration} is verlopen: er wordt niets meer geboekt. Uw verkopen gaan niet verloren: tot ${last} houden wij bij welke er zijn.`,
      'Zodra u betaalt, boeken wij alles alsnog, op volgorde.',
    ],
  }),
  'collecting-ends-in-a-week': ({ integration, last, waiting }) => ({
    subject: `Over een week stoppen wij met ${integration}`,
    lines: [
      `Er wachten nu ${waiting} verkopen van uw koppeling ${integration}. Op ${last} stoppen wij met bijhouden, beëindigen wij de koppeling en wissen wij haar sleutels.`,
      'Betaalt u daarvoor, dan wordt alles alsnog geboekt.',
    ],
  }),
}

const english: Readonly<Record<ToldStep, Words>> = {
  offer: ({ integration, end }) => ({
    subject: `Offer: another year of ${integration}`,
    lines: [
      `The paid year of your integration ${integration} runs until ${end}. Below is our offer for the year after that.`,
      'Nothing is renewed or collected by itself: you decide. Paying early costs you no day.',
    ],
  }),
  'ends-in-a-week': ({ integration, term, end }) => ({
    subject: `Your ${term} ends on ${end}`,
    lines: [
      `The ${term} of your integration ${integration} ends on ${end}.`,
      'Would you like to go on? Below is our offer for one year. Nothing is renewed or collected by itself, and paying early costs you no day.',
    ],
  }),
  'ends-tomorrow': ({ integration, term, end }) => ({
    subject: `Your ${term} ends tomorrow`,
    lines: [
      `The ${term} of your integration ${integration} ends on ${end}. With the button below it goes on without a break.`,
    ],
  }),
  ended: ({ integration, term, stop }) => ({
    subject: `Your ${term} is over; we go on booking until ${stop}`,
    lines: [
      `The ${term} of your integration ${integration} is over. We go on booking until ${stop}, so that you have time to pay.`,
    ],
  }),
  'booking-stops-tomorrow': ({ integration, stop }) => ({
    subject: `Nothing is booked from ${stop}`,
    lines: [
      `The licence of your integration ${integration} has expired. From ${stop} nothing is booked any more, unless you pay today.`,
    ],
  }),
  'booking-stopped': ({ integration, last }) => ({
    subject: `${integration} books no more`,
    lines: [
      `The licence of your integration ${integration} has expired: nothing is booked any more. Your sales are not lost: until ${last} we keep track of which there are.`,
      'As soon as you pay, we book all of them, in order.',
    ],
  }),
  'collecting-ends-in-a-week': ({ integration, last, waiting }) => ({
    subject: `In a week we stop with ${integration}`,
    lines: [
      `${waiting} sales of your integration ${integration} are waiting. On ${last} we stop keeping track, end the integration and delete its keys.`,
      'If you pay before that, everything is booked after all.',
    ],
  }),
}

const languages = {
  nl: {
    steps: dutch,
    terms: { trial: 'de proefperiode', paid: 'het betaalde jaar' },
    button: 'Bekijk en betaal de offerte',
    year: 'Eén jaar',
    vat: (percent: string) => `Btw ${percent} %`,
    total: 'Samen',
  },
  en: {
    steps: english,
    terms: { trial: 'trial', paid: 'paid year' },
    button: 'See and pay the offer',
    year: 'One year',
    vat: (percent: string) => `VAT ${percent} %`,
    total: 'Together',
  },
} as const satisfies Record<Language, unknown>

/** What is about to happen to a licence, or has happened, with the offer that changes it. */
export const licenceStep = mailKind({
  essential: true,
  params,
  write(given, language) {
    const words = languages[language]
    const day = (text: string) => inDays(text, language)
    const money = (cents: number) => inMoney(cents, language)
    const { subject, lines } = words.steps[given.step]({
      ...given,
      term: words.terms[given.term],
      end: day(given.endsOn),
      stop: day(given.stopsBookingOn),
      last: day(given.stopsCollectingOn),
    })
    const parts: MailPart[] = [
      ...lines.map((text) => ({ is: 'text' as const, text })),
      {
        is: 'facts',
        facts: [
          [words.year, money(given.netCents)],
          [words.vat(given.vatPercent), money(given.vatCents)],
          [words.total, money(given.grossCents)],
        ],
      },
      { is: 'button', label: words.button, url: given.payUrl },
    ]
    return { subject, parts }
  },
})
