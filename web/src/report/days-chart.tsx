import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'

interface Props {
  days: Answer<'GET /api/integrations/:integrationId/days'>
}

/** Bars per day, booked below and what needs attention on top. Fetched apart: charts are heavy. */
export const DaysChart = ({ days }: Props) => {
  const { t } = useTranslation('report')
  const format = useFormat()
  return (
    <BarChart
      h={170}
      type="stacked"
      data={days}
      dataKey="day"
      series={[
        { name: 'booked', label: t('days.booked'), color: 'var(--doorvoer-chart-booked)' },
        { name: 'open', label: t('days.open'), color: 'var(--doorvoer-chart-open)' },
        { name: 'refused', label: t('days.refused'), color: 'var(--doorvoer-chart-refused)' },
      ]}
      withYAxis
      yAxisProps={{ width: 32, allowDecimals: false, tickCount: 3 }}
      xAxisProps={{
        tickFormatter: format.shortDay,
        interval: 'equidistantPreserveStart',
        minTickGap: 24,
      }}
      tooltipProps={{ labelFormatter: (day) => (typeof day === 'string' ? format.day(day) : day) }}
      gridAxis="x"
      barChartProps={{ accessibilityLayer: false, margin: { top: 10 } }}
      maxBarWidth={22}
      barProps={{ isAnimationActive: false }}
    />
  )
}
