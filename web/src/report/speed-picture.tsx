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
      <div className="visually-hidden">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('days.day')}</th>
              <th scope="col">{t('days.booked')}</th>
              <th scope="col">{t('speed.half')}</th>
              <th scope="col">{t('speed.most')}</th>
            </tr>
          </thead>
          <tbody>
            {data.days.map(({ day, booked, halfWithinS, mostWithinS }) => (
              <tr key={day}>
                <th scope="row">{format.day(day)}</th>
                <td>{format.count(booked)}</td>
                <td>{format.lasting(halfWithinS)}</td>
                <td>{format.lasting(mostWithinS)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
