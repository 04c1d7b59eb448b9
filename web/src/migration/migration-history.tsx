import { useTranslation } from 'react-i18next'
import type { Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Moment } from '../parts/moment.tsx'
import card from '../survey/card.module.css'
import { RowTable } from '../parts/row-table.tsx'

interface Props {
  surveys: readonly Survey[]
}

/** The migrations of before. */
export const MigrationHistory = ({ surveys }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  return (
    <section>
      <h2 className={card['title']}>{t('history.title')}</h2>
      <RowTable
        caption={t('history.title')}
        items={surveys}
        keyOf={({ id }) => id}
        columns={[
          {
            head: t('history.period'),
            cell: (survey) =>
              t('period', { from: format.day(survey.from), until: format.day(survey.until) }),
          },
          { head: t('history.state'), cell: ({ state }) => t(`state.${state}`) },
          {
            head: t('history.begun'),
            cell: ({ startedAt, createdAt }) => <Moment at={startedAt ?? createdAt} />,
          },
          {
            head: t('history.booked'),
            cell: ({ standings }) => format.count(standings.booked ?? 0),
            numeric: true,
          },
          {
            head: t('history.price'),
            cell: ({ startedAt, price }) =>
              startedAt === null || price === null ? null : format.money(price, 'EUR'),
            numeric: true,
          },
        ]}
      />
    </section>
  )
}
