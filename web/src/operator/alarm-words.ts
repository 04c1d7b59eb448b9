import {
  IconClockExclamation,
  IconHelp,
  IconPlugConnectedX,
  IconZzz,
  type Icon,
} from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { Alarm } from './operator-queries.ts'

export const alarmSigns = {
  quiet: IconZzz,
  red: IconPlugConnectedX,
  uncertain: IconHelp,
  lag: IconClockExclamation,
} as const satisfies Record<Alarm['kind'], Icon>

/** What an alarm says, with its figures. */
export const alarmText = (t: TFunction<'operator'>, { kind, params }: Alarm): string =>
  t(`alarm.${kind}`, { ...params })
