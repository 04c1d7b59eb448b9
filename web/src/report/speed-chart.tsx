import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'
import { DayBars } from './day-bars.tsx'

interface Props {
  days: Answer<'GET /api/integrations/:integrationId/speed'>['days']
}

/** Within how long half of a day's sales was booked. */
export const SpeedChart = ({ days }: Props) => {
  const { t } = useTranslation('report')
  const format = useFormat()
  return (
    <DayBars
      data={days}
      series={[
        { name: 'halfWithinS', label: t('speed.half'), color: 'var(--doorvoer-chart-booked)' },
      ]}
      valueFormatter={format.lasting}
      yAxisProps={{ width: 64, tickFormatter: format.lasting }}
    />
  )
}
