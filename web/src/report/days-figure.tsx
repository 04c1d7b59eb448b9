import { Skeleton, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { daysQuery } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import styles from './days-figure.module.css'
import { DaysTable } from './days-table.tsx'

const DaysChart = lazyRouteComponent(() => import('./days-chart.tsx'), 'DaysChart')

const days = 30

/** What happened to the sales of the last weeks, in a sentence and in a picture. */
export const DaysFigure = () => {
  const { t } = useTranslation('report')
  const format = useFormat()
  const { data, isError } = useQuery(daysQuery(useIntegration().id, days))
  // The list below says what is wrong; a picture missing is no second problem.
  if (isError && data === undefined) return null
  if (data === undefined) return <Skeleton h={238} radius="lg" />

  const sum = (of: 'booked' | 'refused' | 'open') => data.reduce((all, day) => all + day[of], 0)
  const [booked, refused, open] = [sum('booked'), sum('refused'), sum('open')]
  // Without a single sale the picture says nothing that the list below does not say better.
  if (booked + refused + open === 0) return null

  return (
    <figure className={`${panel['panel'] ?? ''} ${styles['figure'] ?? ''}`}>
      <figcaption>
        <Title order={2}>{t('days.title')}</Title>
        <p className={styles['summary']}>
          {t('days.summary', {
            days: format.count(data.length),
            booked: format.count(booked),
            refused: format.count(refused),
            open: format.count(open),
          })}
        </p>
      </figcaption>
      <div className={styles['chart']} aria-hidden>
        <Suspense fallback={<Skeleton h={170} />}>
          <DaysChart days={data} />
        </Suspense>
      </div>
      <DaysTable days={data} />
    </figure>
  )
}
