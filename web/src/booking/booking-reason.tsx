import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import styles from './booking-reason.module.css'

interface Props {
  problem: NonNullable<Booking['problem']>
  state: Booking['state']
}

/** Why a sale is where it is, where that comes from, and what to do about it. */
export const BookingReason = ({ problem, state }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <section
      className={styles['reason']}
      data-tone={state === 'refused' ? 'red' : 'amber'}
      aria-label={t('problem.title')}
    >
      <p className={styles['text']}>{problem.text}</p>
      <dl className={styles['parts']}>
        <dt>{t('problem.cause')}</dt>
        <dd>{problem.cause}</dd>
        <dt>{t('problem.remedy')}</dt>
        <dd>{problem.remedy}</dd>
        <dt>{t('problem.code')}</dt>
        <dd>
          <CodeMark code={problem.code} help={problem.help} />
        </dd>
      </dl>
    </section>
  )
}
