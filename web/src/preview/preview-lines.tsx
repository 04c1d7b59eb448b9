import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shown } from '../api/configuration.ts'
import { useFormat } from '../i18n/format.ts'
import styles from './preview.module.css'

interface Props {
  lines: Shown['lines']
  currency: string
}

/** The lines of the invoice, each with its code, its ledger, and why its VAT is what it is. */
export const PreviewLines = ({ lines, currency }: Props) => {
  const { t } = useTranslation('preview')
  const { t: tb } = useTranslation('booking')
  const format = useFormat()
  const including = lines.every(({ includesVat }) => includesVat)
  const excluding = lines.every(({ includesVat }) => !includesVat)
  const basis = including ? t('incl') : excluding ? t('excl') : ''
  return (
    <div className={styles['scroller']} tabIndex={0} role="region" aria-label={t('lines')}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('lines')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('description')}</th>
            <th scope="col" data-number>
              {t('quantity')}
            </th>
            <th scope="col" data-number>
              {t('vat')}
            </th>
            <th scope="col" data-number>
              {t('amount')} {basis}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <Fragment key={index}>
              <tr>
                <th scope="row">{line.description || tb(`line.${line.kind}`)}</th>
                <td data-number>{format.decimal(line.quantity)}</td>
                <td data-number>
                  {line.vatPercent === null ? '–' : format.percent(line.vatPercent)}
                </td>
                <td data-number>
                  {format.money(line.amount, currency)}
                  {basis === '' && (
                    <span className={styles['codes']}>{t(line.includesVat ? 'incl' : 'excl')}</span>
                  )}
                </td>
              </tr>
              <tr className={styles['why']}>
                <td colSpan={4}>
                  <span className={styles['codes']}>
                    {[
                      line.kind === 'product' ? line.sku : tb(`line.${line.kind}`),
                      line.vatCode,
                      line.ledger,
                    ]
                      .filter((each) => each !== null && each !== '')
                      .join(' · ')}
                  </span>
                  {line.why}
                </td>
              </tr>
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}
