import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BookingWithHistory } from '../api/queries.ts'
import { Moment } from '../parts/moment.tsx'
import styles from './facts.module.css'

interface Props {
  evidence: NonNullable<BookingWithHistory['evidence']>
}

/** Why the VAT of a sale is what it is, as it was known when the sale was booked. */
export const BookingEvidence = ({ evidence: { regime, rates, vies, withVat } }: Props) => {
  const { t } = useTranslation('booking')
  const sure = (['proved', 'evidenced', 'assumed'] as const)
    .filter((status) => rates[status] > 0)
    .map((status) => t(`evidence.${status}`, { count: rates[status] }))
  const facts: [string, ReactNode][] = [
    [t('evidence.regime'), regime],
    [t('evidence.rates'), sure.length > 0 ? sure.join(', ') : null],
    [t('evidence.decided'), withVat ? t('evidence.withVat') : null],
    [t('evidence.vies'), vies && t(`evidence.verdict.${vies.verdict}`)],
    [t('evidence.at'), vies && <Moment at={vies.at} />],
    [
      t('evidence.consultation'),
      vies && vies.verdict !== 'accepted' ? (vies.consultationNumber ?? t('evidence.none')) : null,
    ],
  ]
  return (
    <section>
      <Title order={2} mb="xs">
        {t('evidence.title')}
      </Title>
      <dl className={styles['facts']}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
