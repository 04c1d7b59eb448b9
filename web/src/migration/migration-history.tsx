import { useTranslation } from 'react-i18next'
import type { Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import styles from '../parts/booking-table.module.css'
import { Moment } from '../parts/moment.tsx'
import card from '../survey/card.module.css'
import { WideTable } from '../parts/wide-table.tsx'

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
      <WideTable caption={t('history.title')} framed>
        <thead>
          <tr>
            <th scope="col">{t('history.period')}</th>
            <th scope="col">{t('history.state')}</th>
            <th scope="col">{t('history.begun')}</th>
            <th scope="col" className={styles['number']}>
              {t('history.booked')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('history.price')}
            </th>
          </tr>
        </thead>
        <tbody>
          {surveys.map((survey) => (
            <tr key={survey.id}>
              <th scope="row">
                {t('period', { from: format.day(survey.from), until: format.day(survey.until) })}
              </th>
              <td>{t(`state.${survey.state}`)}</td>
              <td className={styles['nowrap']}>
                <Moment at={survey.startedAt ?? survey.createdAt} />
              </td>
              <td className={styles['number']}>{format.count(survey.standings.booked ?? 0)}</td>
              <td className={styles['number']}>
                {survey.startedAt === null || survey.price === null
                  ? '–'
                  : format.money(survey.price, 'EUR')}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  )
}
