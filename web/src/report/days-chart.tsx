import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/client.ts'
import { DayBars } from './day-bars.tsx'

interface Props {
  days: Answer<'GET /api/integrations/:integrationId/days'>
}

/** Booked below, and what needs attention on top. */
export const DaysChart = ({ days }: Props) => {
  const { t } = useTranslation('report')
  return (
    <DayBars
      type="stacked"
      data={days}
      series={[
        { name: 'booked', label: t('days.booked'), color: 'var(--doorvoer-chart-booked)' },
        { name: 'open', label: t('days.open'), color: 'var(--doorvoer-chart-open)' },
        { name: 'refused', label: t('days.refused'), color: 'var(--doorvoer-chart-refused)' },
      ]}
      yAxisProps={{ width: 32, allowDecimals: false }}
    />
  )
}
