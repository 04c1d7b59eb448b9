import '@mantine/charts/styles.layer.css'
import { BarChart } from '@mantine/charts'
import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'

interface Props {
  days: Answer<'GET /api/integrations/:integrationId/speed'>['days']
}

/** A bar for each day: within how long half of its sales was booked. Fetched apart: charts are heavy. */
export const SpeedChart = ({ days }: Props) => {
  const { t } = useTranslation('report')
  const format = useFormat()
  return (
    <BarChart
      h={170}
      data={days}
      dataKey="day"
      series={[
        { name: 'halfWithinS', label: t('speed.half'), color: 'var(--doorvoer-chart-booked)' },
      ]}
      withYAxis
      yAxisProps={{ width: 64, tickCount: 3, tickFormatter: format.lasting }}
      valueFormatter={format.lasting}
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
