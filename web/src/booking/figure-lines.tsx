import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import styles from './figure-table.module.css'
import type { ReadFigures } from './read-figures.tsx'

interface Props {
  lines: ReadFigures['lines']
  currency: string
}

/** The lines of a sale, each with its VAT percentage as far as it is known. */
export const FigureLines = ({ lines, currency }: Props) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const including = lines.every((line) => line.includesVat)
  const excluding = lines.every((line) => !line.includesVat)
  const basis = including ? t('figures.including') : excluding ? t('figures.excluding') : null
  return (
    <div className={styles['scroller']} tabIndex={0} role="region" aria-label={t('figures.lines')}>
      <table className={styles['table']}>
        <caption>{t('figures.lines')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figures.description')}</th>
            <th scope="col" className={styles['number']}>
              {t('figures.quantity')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('figures.vat')}
            </th>
            <th scope="col" className={styles['number']}>
              {t('figures.amount')} {basis}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <th scope="row">
                {line.description}
                {line.kind !== 'product' && (
                  <span className={styles['note']}>{t(`line.${line.kind}`)}</span>
                )}
                {line.why !== null && <span className={styles['why']}>{line.why}</span>}
              </th>
              <td className={styles['number']}>{format.decimal(line.quantity)}</td>
              <td className={styles['number']}>
                {line.vatPercent === null
                  ? t('figures.vatUnknown')
                  : format.percent(line.vatPercent)}
              </td>
              <td className={styles['number']}>
                {format.money(line.amount, currency)}
                {basis === null && (
                  <span className={styles['note']}>
                    {t(line.includesVat ? 'figures.including' : 'figures.excluding')}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
