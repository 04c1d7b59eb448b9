import { IconCheck, IconClock, IconMessageReply } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from '../booking/state-mark.module.css'
import type { Ticket } from './support-queries.ts'

const looks = {
  asked: { tone: 'gray', icon: IconClock },
  answered: { tone: 'petrol', icon: IconMessageReply },
  settled: { tone: 'green', icon: IconCheck },
} as const

interface Props {
  state: Ticket['state']
}

/** Whose turn it is in a ticket: a word, a sign and a colour that say the same. */
export const TicketMark = ({ state }: Props) => {
  const { t } = useTranslation('support')
  const { tone, icon: Sign } = looks[state]
  return (
    <span className={styles['mark']} data-tone={tone}>
      <Sign size={14} stroke={2.4} aria-hidden />
      {t(`state.${state}`)}
    </span>
  )
}
