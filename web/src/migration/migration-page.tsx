import { Stack } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { surveysQuery } from '../api/survey-queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { PageHead } from '../parts/page-head.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { yearStartOf, yesterdayOf } from '../survey/days.ts'
import { PeriodForm } from '../survey/period-form.tsx'
import { MigrationCard } from './migration-card.tsx'
import { MigrationHistory } from './migration-history.tsx'

/** Passing on the sales of before the integration: first a dry run, then as the merchant decides. */
export const MigrationPage = () => {
  const { t } = useTranslation('migration')
  const { id, name, webshop, accounting, mayChange } = useIntegration()
  const query = useQuery(surveysQuery(id, useLanguage(), 'migration'))
  const { data } = query
  const [newest, ...older] = data ?? []
  const current = newest?.state === 'cancelled' ? undefined : newest
  const past = current === undefined && newest !== undefined ? [newest, ...older] : older
  const isFree =
    current === undefined || ['ready', 'done', 'failed', 'cancelled'].includes(current.state)
  const systems = { shop: webshop.title, system: accounting.title }

  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro', systems)} of={name} />
      <QueryFailure query={query} />
      {query.isPending && <ListLoading rows={4} />}
      {current && <MigrationCard key={current.id} survey={current} />}
      {data && isFree && mayChange && (
        <section className={`${panel['panel'] ?? ''} ${card['card'] ?? ''}`}>
          <h2>{current ? t('another.title') : t('choose.title')}</h2>
          <p className={card['intro']}>{t('choose.text', systems)}</p>
          <PeriodForm
            purpose="migration"
            from={yearStartOf(new Date())}
            until={yesterdayOf(new Date())}
            action={t('choose.begin')}
          />
        </section>
      )}
      {data && !current && !mayChange && past.length === 0 && (
        <EmptyNotice icon={IconHistory} title={t('none.title')} text={t('none.text')} />
      )}
      {past.length > 0 && <MigrationHistory surveys={past} />}
    </Stack>
  )
}
