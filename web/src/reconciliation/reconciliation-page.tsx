import { Badge, Button, Group, Stack } from '@mantine/core'
import { IconPrinter, IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { surveysQuery } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { Moment } from '../parts/moment.tsx'
import { PageHead } from '../parts/page-head.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { monthStartOf, todayOf } from '../survey/days.ts'
import { PeriodForm } from '../survey/period-form.tsx'
import { SurveyProgress } from '../survey/survey-progress.tsx'
import { Compared } from './compared.tsx'
import { OssSection } from './oss-section.tsx'
import own from './reconciliation.module.css'

/** Whether every euro of the shop is booked, refused or open, and which sale it is when not. */
export const ReconciliationPage = () => {
  const { t } = useTranslation('reconciliation')
  const format = useFormat()
  const { id, name, webshop, accounting, mayChange } = useIntegration()
  const query = useQuery(surveysQuery(id, useLanguage(), 'reconciliation'))
  const newest = query.data?.find(({ state }) => state !== 'cancelled')
  const isBusy = newest && ['listing', 'invoices', 'reading'].includes(newest.state)
  const systems = { shop: webshop.title, system: accounting.title }
  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro', systems)} of={name} />
      <QueryFailure query={query} />
      {query.isPending && <ListLoading rows={6} />}
      {query.data && mayChange && !isBusy && (
        <section
          className={`${panel['panel'] ?? ''} ${card['card'] ?? ''} ${own['screenOnly'] ?? ''}`}
        >
          <h2>{t('choose.title')}</h2>
          <p className={card['intro']}>{t('choose.text', systems)}</p>
          <PeriodForm
            purpose="reconciliation"
            from={monthStartOf(new Date())}
            until={todayOf(new Date())}
            action={t('choose.begin')}
          />
        </section>
      )}
      {query.data && !newest && !mayChange && (
        <EmptyNotice icon={IconScale} title={t('none.title')} text={t('none.text')} />
      )}
      {newest && (
        <section className={`${panel['panel'] ?? ''} ${card['card'] ?? ''}`}>
          <div className={card['head']}>
            <div>
              <h2>
                {t('period', { from: format.day(newest.from), until: format.day(newest.until) })}
              </h2>
              {newest.finishedAt && (
                <span className={card['note']}>
                  {t('readAt')} <Moment at={newest.finishedAt} />
                </span>
              )}
            </div>
            {newest.state === 'ready' && (
              <Group gap="sm" className={own['screenOnly']}>
                <Button
                  variant="default"
                  leftSection={<IconPrinter size={18} aria-hidden />}
                  onClick={() => window.print()}
                >
                  {t('print')}
                </Button>
              </Group>
            )}
            {newest.state === 'failed' && (
              <Badge variant="light" color="red" tt="none" size="lg">
                {t('failed')}
              </Badge>
            )}
          </div>
          {isBusy && <SurveyProgress survey={newest} />}
          {newest.state === 'failed' && newest.problem && (
            <p className={card['intro']}>
              {newest.problem.text} {newest.problem.remedy}
            </p>
          )}
          {newest.state === 'ready' && <Compared survey={newest} />}
        </section>
      )}
      <OssSection />
    </Stack>
  )
}
