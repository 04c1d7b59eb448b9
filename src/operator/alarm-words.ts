import type { AlarmKind } from '../database/desk-tables.ts'
import type { Text } from '../problems/problem.ts'
import { fillIn } from '../problems/problem.ts'

/** An alarm in a sentence, for mails; the console has its own words for the same figures. */
const sentences: Readonly<Record<AlarmKind, Text>> = {
  quiet: {
    nl: '{name}: al {hours} uur geen verkoop, waar er ongeveer {expected} verwacht werden.',
    en: '{name}: no sale for {hours} hours, where about {expected} were expected.',
  },
  red: { nl: '{name}: een verbinding is rood.', en: '{name}: a connection is red.' },
  uncertain: {
    nl: '{name}: {count} boekingen met onzekere afloop.',
    en: '{name}: {count} bookings of uncertain outcome.',
  },
  lag: {
    nl: '{name}: het oudste werk wacht al {minutes} minuten.',
    en: '{name}: the oldest work has been waiting for {minutes} minutes.',
  },
}

export const alarmInWords = (
  kind: AlarmKind,
  params: Readonly<Record<string, string | number>>,
  name: string,
): Record<'nl' | 'en', string> => ({
  nl: fillIn(sentences[kind], { ...params, name }, 'nl'),
  en: fillIn(sentences[kind], { ...params, name }, 'en'),
})
