import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import card from '../survey/card.module.css'

interface Props {
  shown: number
  count: number
}

/** Says that a list is not whole, and where the rest is; nothing where it is whole. */
export const FirstOnes = ({ shown, count }: Props) => {
  const { t } = useTranslation('reconciliation')
  const format = useFormat()
  if (shown >= count) return null
  return (
    <p className={card['note']}>
      {t('firstOnes', { shown: format.count(shown), all: format.count(count) })}
    </p>
  )
}
