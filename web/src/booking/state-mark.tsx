import {
  IconAlertTriangle,
  IconArrowRight,
  IconCheck,
  IconClock,
  IconHelp,
  IconMinus,
  IconUser,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import styles from './state-mark.module.css'

type State = Booking['state']

const looks: Record<State, { tone: string; icon: Icon }> = {
  seen: { tone: 'gray', icon: IconClock },
  open: { tone: 'gray', icon: IconClock },
  reserved: { tone: 'petrol', icon: IconArrowRight },
  uncertain: { tone: 'amber', icon: IconHelp },
  parked: { tone: 'amber', icon: IconUser },
  booked: { tone: 'green', icon: IconCheck },
  refused: { tone: 'red', icon: IconX },
  closed: { tone: 'gray', icon: IconMinus },
}

interface Props {
  state: State
  /** A booked sale may carry a warning. */
  warning?: boolean
}

/** The state of a booking in a word, with a sign and a colour that say the same. */
export const StateMark = ({ state, warning = false }: Props) => {
  const { t } = useTranslation('booking')
  const { tone, icon } = looks[state]
  const Sign = warning ? IconAlertTriangle : icon
  return (
    <span className={styles['mark']} data-tone={warning ? 'amber' : tone}>
      <Sign size={14} stroke={2.4} aria-hidden />
      {t(`state.${state}`)}
    </span>
  )
}
