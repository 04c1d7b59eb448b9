import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BookingWithHistory } from '../api/queries.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import { Moment } from '../parts/moment.tsx'
import styles from './booking-history.module.css'

type Props = Pick<BookingWithHistory, 'history'>

/** How a sale came to where it is, the latest first. */
export const BookingHistory = ({ history }: Props) => {
  const { t } = useTranslation('booking')
  const steps = history.toSorted((one, other) => other.at.localeCompare(one.at))
  return (
    <section>
      <Title order={2} mb="xs">
        {t('history.title')}
      </Title>
      <ol className={styles['steps']} reversed>
        {steps.map((step, index) => (
          <li key={`${step.at} ${index}`} data-state={step.to}>
            <Text fw={500}>{step.from === null ? t('history.first') : t(`state.${step.to}`)}</Text>
            <Text size="sm" c="dimmed" component="div">
              <Moment at={step.at} /> {step.code !== null && <CodeMark code={step.code} />}
            </Text>
          </li>
        ))}
      </ol>
    </section>
  )
}
