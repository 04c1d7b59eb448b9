import '@mantine/charts/styles.layer.css'
import { BarChart, type BarChartProps } from '@mantine/charts'
import { useFormat } from '../i18n/format.ts'

type Props = Pick<BarChartProps, 'data' | 'series' | 'type' | 'valueFormatter' | 'yAxisProps'>

/** A bar for each day; `data` has the day under `day`. Fetched apart from its page: charts are heavy. */
export const DayBars = ({ yAxisProps, ...props }: Props) => {
  const format = useFormat()
  return (
    <BarChart
      h={170}
      dataKey="day"
      withYAxis
      yAxisProps={{ tickCount: 3, ...yAxisProps }}
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
      {...props}
    />
  )
}
