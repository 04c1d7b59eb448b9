import { useTranslation } from 'react-i18next'
import type { Standing, Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import card from '../survey/card.module.css'

interface Props {
  standings: Survey['standings']
  /** The first are always shown, also when there are none. */
  always: readonly Standing[]
  others: readonly Standing[]
}

const tones: Partial<Record<Standing, string>> = {
  booked: 'green',
  bookable: 'green',
  refused: 'red',
  unreadable: 'red',
  open: 'amber',
}

/** How many sales stand where. */
export const Tiles = ({ standings, always, others }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const shown = [...always, ...others.filter((each) => (standings[each] ?? 0) > 0)]
  return (
    <dl className={card['tiles']}>
      {shown.map((each) => {
        const count = standings[each] ?? 0
        return (
          <div key={each} className={card['tile']}>
            <dt>{t(`standing.${each}`)}</dt>
            <dd data-tone={count > 0 ? tones[each] : undefined}>{format.count(count)}</dd>
          </div>
        )
      })}
    </dl>
  )
}
