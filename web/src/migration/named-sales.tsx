import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { surveySalesQuery, type Standing, type Survey } from '../api/survey-queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { Day } from '../parts/day.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { Money } from '../parts/money.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { SaleLink } from '../survey/sale-link.tsx'
import { RowTable } from '../parts/row-table.tsx'

const pageSize = 10
const pageMax = 200

interface Props {
  survey: Survey
  standing: Standing
}

/** The sales that stand somewhere, by name: those that were there already are skipped, and said which. */
export const NamedSales = ({ survey, standing }: Props) => {
  const { t } = useTranslation('migration')
  const { id, accounting } = useIntegration()
  const [limit, setLimit] = useState(pageSize)
  const query = useQuery(surveySalesQuery(id, useLanguage(), survey.id, standing, limit))
  const count = survey.standings[standing] ?? 0
  return (
    <section>
      <h3>{t('named.title', { system: accounting.title })}</h3>
      <QueryFailure query={query} />
      {query.isPending && <ListLoading rows={3} />}
      {query.data && (
        <RowTable
          caption={t('named.title', { system: accounting.title })}
          items={query.data}
          keyOf={({ kind, number }) => `${kind} ${number}`}
          columns={[
            {
              head: t('named.number'),
              cell: ({ number, bookingId }) => <SaleLink number={number} bookingId={bookingId} />,
            },
            { head: t('named.date'), cell: ({ date }) => <Day day={date} /> },
            {
              head: t('named.remote', { system: accounting.title }),
              cell: ({ remoteNumber }) => remoteNumber,
            },
            {
              head: t('named.total'),
              cell: ({ total, currency }) => <Money amount={total} currency={currency} />,
              numeric: true,
            },
          ]}
          framed={false}
        />
      )}
      {count > limit && limit < pageMax && (
        <Button size="xs" variant="default" mt="sm" onClick={() => setLimit(pageMax)}>
          {t('named.more', { count })}
        </Button>
      )}
    </section>
  )
}
