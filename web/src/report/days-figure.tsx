import { SegmentedControl, Skeleton, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { lazyRouteComponent } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { daysQuery } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import styles from './days-figure.module.css'
import { DaysTable } from './days-table.tsx'
import { SpeedPicture } from './speed-picture.tsx'

const DaysChart = lazyRouteComponent(() => import('./days-chart.tsx'), 'DaysChart')

const days = 30

/** What can have become of a sale, in the order and the colours of the picture. */
const fates = ['booked', 'refused', 'open'] as const
type Fate = (typeof fates)[number]

const pictures = ['sales', 'speed'] as const
type Picture = (typeof pictures)[number]

/** What happened to the sales of the last weeks, or how quickly, in a sentence and in a picture. */
export const DaysFigure = () => {
  const { t } = useTranslation('report')
  const format = useFormat()
  const { data, isError } = useQuery(daysQuery(useIntegration().id, days))
  const [picture, setPicture] = useState<Picture>('sales')
  // The list below says what is wrong; a picture missing is no second problem.
  if (isError && data === undefined) return null
  if (data === undefined) return <Skeleton h={238} radius="lg" />

  const count = (of: Fate) => data.reduce((all, day) => all + day[of], 0)
  // Without a single sale the picture says nothing that the list below does not say better.
  if (fates.every((fate) => count(fate) === 0)) return null

  return (
    <figure className={`${panel['panel'] ?? ''} ${styles['figure'] ?? ''}`}>
      <figcaption>
        <Title order={2}>{t('days.title')}</Title>
        <SegmentedControl
          size="xs"
          aria-label={t('days.picture')}
          data={pictures.map((value) => ({ value, label: t(`days.pictures.${value}`) }))}
          value={picture}
          onChange={setPicture}
        />
        {picture === 'sales' && (
          <div className={styles['summary']}>
            {t('days.lately', { days: format.count(data.length) })}
            <ul className={styles['fates']}>
              {fates.map((fate) => (
                <li key={fate} data-fate={fate}>
                  {t(`days.count.${fate}`, {
                    count: count(fate),
                    formatted: format.count(count(fate)),
                  })}
                </li>
              ))}
            </ul>
          </div>
        )}
      </figcaption>
      {picture === 'speed' ? (
        <SpeedPicture days={days} />
      ) : (
        <>
          <div className={styles['chart']} aria-hidden>
            <Suspense fallback={<Skeleton h={170} />}>
              <DaysChart days={data} />
            </Suspense>
          </div>
          <DaysTable days={data} />
        </>
      )}
    </figure>
  )
}
