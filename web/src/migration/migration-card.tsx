import { Badge } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { surveyQuery, type Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { SurveyProgress } from '../survey/survey-progress.tsx'
import { DryRun } from './dry-run.tsx'
import { RunningMigration } from './running-migration.tsx'

const tones: Readonly<Record<Survey['state'], string>> = {
  listing: 'petrol',
  invoices: 'petrol',
  reading: 'petrol',
  ready: 'amber',
  running: 'petrol',
  paused: 'amber',
  done: 'green',
  cancelled: 'gray',
  failed: 'red',
}

interface Props {
  survey: Survey
}

/** The migration that is being looked at, under way or just over. */
export const MigrationCard = ({ survey }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const { id } = useIntegration()
  const isDryRun = ['listing', 'invoices', 'reading'].includes(survey.state)
  const query = useQuery({ ...surveyQuery(id, useLanguage(), survey.id), enabled: !isDryRun })
  const { data } = query
  return (
    <section className={`${panel['panel'] ?? ''} ${card['card'] ?? ''}`}>
      <div className={card['head']}>
        <h2>{t('period', { from: format.day(survey.from), until: format.day(survey.until) })}</h2>
        <Badge variant="light" color={tones[survey.state]} tt="none" size="lg">
          {t(`state.${survey.state}`)}
        </Badge>
      </div>
      {isDryRun && <SurveyProgress survey={survey} />}
      {!isDryRun && <QueryFailure query={query} />}
      {!isDryRun && data === undefined && query.isPending && <ListLoading rows={4} />}
      {data?.state === 'ready' && <DryRun survey={data} />}
      {data && data.state !== 'ready' && <RunningMigration survey={data} />}
    </section>
  )
}
