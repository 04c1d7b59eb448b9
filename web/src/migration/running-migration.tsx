import { Button, Progress } from '@mantine/core'
import { IconDownload, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import type { SurveySummary } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { useSteer } from '../survey/steer.ts'
import { CauseList } from './cause-list.tsx'
import { NamedSales } from './named-sales.tsx'
import { Tiles } from './tiles.tsx'

interface Props {
  survey: SurveySummary
}

/** A migration that was started: how far it is, what became of its sales, and how to hold it. */
export const RunningMigration = ({ survey }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const { id, mayChange } = useIntegration()
  const { busy, steer } = useSteer(survey)
  const { standings, causes, state, problem } = survey
  const count = (standing: keyof typeof standings) => standings[standing] ?? 0
  const over =
    count('booked') + count('by-hand') + count('refused') + count('closed') + count('open')
  const left = count('waiting') + count('bookable') + count('unreadable')
  const total = over + left
  const percent = (part: number) => (total === 0 ? 0 : (100 * part) / total)
  const isLive = state === 'running' || state === 'paused'
  const csv = address(
    '/api/integrations/:integrationId/surveys/:surveyId/sales.csv',
    { integrationId: id, surveyId: survey.id },
    {},
  )
  return (
    <>
      {problem && (
        <p className={card['intro']}>
          {problem.text} {problem.remedy}
        </p>
      )}
      {isLive && (
        <>
          <p role="status">
            {t('progress', { over: format.count(over), total: format.count(total) })}
          </p>
          <Progress.Root size="lg" mb="lg" aria-label={t('progressLabel')}>
            <Progress.Section
              value={percent(count('booked') + count('by-hand'))}
              color="var(--doorvoer-chart-booked)"
              aria-label={t('standing.booked')}
            />
            <Progress.Section
              value={percent(count('open'))}
              color="var(--doorvoer-chart-open)"
              aria-label={t('standing.open')}
            />
            <Progress.Section
              value={percent(count('refused') + count('closed'))}
              color="var(--doorvoer-chart-refused)"
              aria-label={t('standing.refused')}
            />
          </Progress.Root>
        </>
      )}
      {state !== 'failed' && (
        <Tiles
          standings={standings}
          always={['booked', 'by-hand', 'refused']}
          others={[
            'waiting',
            'bookable',
            'open',
            'closed',
            'booked-before',
            'waits',
            'left-out',
            'gone',
          ]}
        />
      )}
      {causes.length > 0 && state !== 'failed' && (
        <>
          <h3>{t('causes.after')}</h3>
          <CauseList causes={causes} />
        </>
      )}
      {count('by-hand') > 0 && <NamedSales survey={survey} standing="by-hand" />}
      {state !== 'failed' && (
        <div className={card['foot']}>
          <Button
            component="a"
            href={csv}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('csv')}
          </Button>
          {mayChange && state === 'running' && (
            <Button
              variant="default"
              loading={busy === 'pause'}
              leftSection={<IconPlayerPause size={18} aria-hidden />}
              onClick={() => void steer('pause')}
            >
              {t('pause')}
            </Button>
          )}
          {mayChange && state === 'paused' && (
            <Button
              loading={busy === 'resume'}
              leftSection={<IconPlayerPlay size={18} aria-hidden />}
              onClick={() => void steer('resume')}
            >
              {t('resume')}
            </Button>
          )}
          {mayChange && isLive && (
            <Button
              variant="subtle"
              color="red"
              loading={busy === 'cancel'}
              onClick={() => void steer('cancel')}
            >
              {t('cancel')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}
