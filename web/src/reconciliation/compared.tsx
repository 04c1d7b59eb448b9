import { Button, NativeSelect } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import { reconciliationQuery, type Grouping, type Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { Differences } from './differences.tsx'
import { Doubles } from './doubles.tsx'
import { FirstOnes } from './first-ones.tsx'
import own from './reconciliation.module.css'
import { RowsTable } from './rows-table.tsx'

const groupings: readonly Grouping[] = ['day', 'country', 'rate', 'all']

interface Props {
  survey: Survey
}

/** What comparing a period came to: the verdict first, then the sales it is about, then all figures. */
export const Compared = ({ survey }: Props) => {
  const { t } = useTranslation('reconciliation')
  const format = useFormat()
  const { id, accounting } = useIntegration()
  const [grouping, setGrouping] = useState<Grouping>('day')
  const query = useQuery(reconciliationQuery(id, survey.id, grouping))
  const file = (name: string) =>
    address(
      `/api/integrations/:integrationId/surveys/:surveyId/${name}.csv`,
      { integrationId: id, surveyId: survey.id },
      {},
    )
  if (query.data === undefined) {
    return query.isPending ? <ListLoading rows={8} /> : <QueryFailure query={query} />
  }
  const { by, rows, rowCount, totals, differences, doubles, startDay } = query.data
  const { differenceCount, missedCount, doubleCount } = query.data
  const wrong = differenceCount + doubleCount
  const tone = wrong === 0 ? 'green' : 'amber'
  return (
    <>
      <QueryFailure query={query} />
      <div className={own['verdict']} data-tone={tone} role="status">
        {wrong === 0 ? (
          <IconCircleCheck size={24} aria-hidden />
        ) : (
          <IconAlertTriangle size={24} aria-hidden />
        )}
        <p>{wrong === 0 ? t('agrees') : t('differs', { count: wrong })}</p>
      </div>
      {survey.booksComplete === false && (
        <p className={card['intro']}>{t('booksUnknown', { system: accounting.title })}</p>
      )}
      {differences.length > 0 && (
        <Differences
          survey={survey}
          differences={differences}
          count={differenceCount}
          missed={missedCount}
        />
      )}
      {doubles.length > 0 && <Doubles doubles={doubles} count={doubleCount} />}
      {rows.length === 0 ? (
        <p className={card['intro']}>{t('nothing')}</p>
      ) : (
        <section className={own['section']}>
          <div className={own['tools']}>
            <div>
              <h3>{t('rows.title')}</h3>
              <span className={card['note']}>
                {survey.from < startDay && t('rows.before', { day: format.day(startDay) })}
              </span>
            </div>
            <div className={`${card['tools'] ?? ''} ${own['screenOnly'] ?? ''}`}>
              <NativeSelect
                aria-label={t('rows.by')}
                value={grouping}
                data={groupings.map((each) => ({ value: each, label: t(`rows.grouping.${each}`) }))}
                onChange={(event) => {
                  const chosen = groupings.find((each) => each === event.currentTarget.value)
                  if (chosen) setGrouping(chosen)
                }}
              />
              <Button
                component="a"
                href={file('reconciliation')}
                download
                variant="default"
                leftSection={<IconDownload size={18} aria-hidden />}
              >
                {t('csv')}
              </Button>
            </div>
          </div>
          <RowsTable rows={rows} totals={totals} by={by} busy={query.isPlaceholderData} />
          <FirstOnes shown={rows.length} count={rowCount} />
        </section>
      )}
    </>
  )
}
