import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Relative } from '../parts/moment.tsx'
import { useIntegration } from '../shell/integration.ts'
import { useSteer } from './steer.ts'
import styles from './survey-progress.module.css'

interface Props {
  survey: Survey
}

/** How far the reading of a period is, and a way to stop it. */
export const SurveyProgress = ({ survey }: Props) => {
  const { t } = useTranslation('survey')
  const format = useFormat()
  const { mayChange, webshop, accounting } = useIntegration()
  const { busy, steer } = useSteer(survey)
  const { unread = 0 } = survey.standings
  const read = survey.sales - unread
  const isReading = survey.state === 'reading' && survey.sales > 0
  const percent = isReading ? (100 * read) / survey.sales : 100
  const systems = { shop: webshop.title, system: accounting.title }
  return (
    <div className={styles['progress']}>
      <div className={styles['head']}>
        <p className={styles['text']} role="status">
          {survey.state === 'listing' &&
            t('listing', { ...systems, count: survey.sales, number: format.count(survey.sales) })}
          {survey.state === 'invoices' && t('invoices', systems)}
          {survey.state === 'reading' &&
            t('reading', {
              ...systems,
              read: format.count(read),
              sales: format.count(survey.sales),
            })}
        </p>
        {mayChange && (
          <Button
            variant="default"
            size="xs"
            loading={busy === 'cancel'}
            onClick={() => void steer('cancel')}
          >
            {t('cancel')}
          </Button>
        )}
      </div>
      <Progress
        value={percent}
        animated={!isReading}
        striped={!isReading}
        size="lg"
        aria-label={t('progress')}
      />
      <p className={styles['hint']}>
        {survey.problem === null ? (
          t('leave')
        ) : (
          <>
            {survey.problem.text} {survey.restUntil && <Relative at={survey.restUntil} />}
          </>
        )}
      </p>
    </div>
  )
}
