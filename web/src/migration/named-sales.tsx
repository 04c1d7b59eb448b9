import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { surveySalesQuery, type Standing, type Survey } from '../api/survey-queries.ts'
import { useLanguage } from '../i18n/language.ts'
import styles from '../parts/booking-table.module.css'
import { Day } from '../parts/day.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { Money } from '../parts/money.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { SaleLink } from '../survey/sale-link.tsx'
import { WideTable } from '../parts/wide-table.tsx'

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
        <WideTable caption={t('named.title', { system: accounting.title })}>
          <thead>
            <tr>
              <th scope="col">{t('named.number')}</th>
              <th scope="col">{t('named.date')}</th>
              <th scope="col">{t('named.remote', { system: accounting.title })}</th>
              <th scope="col" className={styles['number']}>
                {t('named.total')}
              </th>
            </tr>
          </thead>
          <tbody>
            {query.data.map((sale) => (
              <tr key={`${sale.kind} ${sale.number}`}>
                <th scope="row">
                  <SaleLink number={sale.number} bookingId={sale.bookingId} />
                </th>
                <td className={styles['nowrap']}>
                  <Day day={sale.date} />
                </td>
                <td>{sale.remoteNumber ?? '–'}</td>
                <td className={styles['number']}>
                  <Money amount={sale.total} currency={sale.currency} />
                </td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      )}
      {count > limit && limit < pageMax && (
        <Button variant="subtle" mt="xs" onClick={() => setLimit(pageMax)}>
          {t('named.more', { count })}
        </Button>
      )}
    </section>
  )
}
