import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { speedQuery } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './days-figure.module.css'
import { FiguresTable } from './figures-table.tsx'

const SpeedChart = lazyRouteComponent(() => import('./speed-chart.tsx'), 'SpeedChart')

interface Props {
  /** How many days back. */
  days: number
}

/** How long sales took from being heard of to being booked: a sentence, a picture, and its table for who reads it. */
export const SpeedPicture = ({ days }: Props) => {
  const { t } = useTranslation('report')
  const format = useFormat()
  const query = useQuery(speedQuery(useIntegration().id, days))
  const { data } = query
  if (data === undefined) {
    return query.isError ? <QueryFailure query={query} /> : <Skeleton h={194} mt="sm" />
  }
  if (data.all === null) return <p className={styles['speed']}>{t('speed.none')}</p>
  return (
    <>
      <p className={styles['speed']}>
        {t('speed.all', {
          half: format.lasting(data.all.halfWithinS),
          most: format.lasting(data.all.mostWithinS),
        })}
      </p>
      <div className={styles['chart']} aria-hidden>
        <Suspense fallback={<Skeleton h={170} />}>
          <SpeedChart days={data.days} />
        </Suspense>
      </div>
      <FiguresTable
        head={[t('days.day'), t('days.booked'), t('speed.half'), t('speed.most')]}
        rows={data.days.map(({ day, booked, halfWithinS, mostWithinS }) => [
          format.day(day),
          format.count(booked),
          format.lasting(halfWithinS),
          format.lasting(mostWithinS),
        ])}
      />
    </>
  )
}
