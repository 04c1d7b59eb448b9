import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'

interface Props {
  days: Answer<'GET /api/integrations/:integrationId/days'>
}

/** The same figures as the chart for who does not see it: only the days on which something happened. */
export const DaysTable = ({ days }: Props) => {
  const { t } = useTranslation('report')
  const format = useFormat()
  const busy = days.filter(({ booked, refused, open }) => booked + refused + open > 0)
  return (
    <div className="visually-hidden">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('days.day')}</th>
            <th scope="col">{t('days.booked')}</th>
            <th scope="col">{t('days.refused')}</th>
            <th scope="col">{t('days.open')}</th>
          </tr>
        </thead>
        <tbody>
          {busy.map(({ day, booked, refused, open }) => (
            <tr key={day}>
              <th scope="row">{format.day(day)}</th>
              <td>{format.count(booked)}</td>
              <td>{format.count(refused)}</td>
              <td>{format.count(open)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
