import { useTranslation } from 'react-i18next'
import type { Answer } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'
import { FiguresTable } from './figures-table.tsx'

interface Props {
  days: Answer<'GET /api/integrations/:integrationId/days'>
}

/** The same figures as the chart for who does not see it: only the days on which something happened. */
export const DaysTable = ({ days }: Props) => {
  const { t } = useTranslation('report')
  const format = useFormat()
  const busy = days.filter(({ booked, refused, open }) => booked + refused + open > 0)
  return (
    <FiguresTable
      head={[t('days.day'), t('days.booked'), t('days.refused'), t('days.open')]}
      rows={busy.map(({ day, booked, refused, open }) => [
        format.day(day),
        format.count(booked),
        format.count(refused),
        format.count(open),
      ])}
    />
  )
}
