import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Shown } from '../api/configuration.ts'
import { FigureChecks } from '../booking/figure-checks.tsx'
import { FigureRemarks } from '../booking/figure-remarks.tsx'
import { useFormat } from '../i18n/format.ts'
import { useIntegration } from '../shell/integration.ts'
import { Outcome } from './outcome.tsx'
import { PreviewLines } from './preview-lines.tsx'
import { PreviewTotals } from './preview-totals.tsx'
import { useReadAgain } from './use-read-again.ts'
import styles from './preview.module.css'

interface Props {
  shown: Shown
  onChanged: () => void
}

/** The invoice as it would be made, laid out like one, with beside it why it is so. */
export const PreviewSheet = ({ shown, onChanged }: Props) => {
  const { t } = useTranslation('preview')
  const format = useFormat()
  const { accounting, webshop } = useIntegration()
  useReadAgain(shown, onChanged)
  const { sale, customer, draft, lines, checks } = shown
  const debtorId = draft?.debtor.id
  const payment = t(sale.paid ? 'paid' : 'unpaid')
  return (
    <div className={styles['preview']}>
      <Outcome shown={shown} onChanged={onChanged} />
      <div className={styles['beside']}>
        <article className={styles['sheet']} aria-label={t('sheet', { number: sale.number })}>
          <header className={styles['head']}>
            <div>
              <p className={styles['quiet']}>
                {t(draft === null ? 'saleIn' : 'invoiceIn', {
                  system: draft === null ? webshop.title : accounting.title,
                })}
              </p>
              <Title order={2} className={styles['number'] ?? ''}>
                {draft?.reference ?? sale.number}
              </Title>
            </div>
            <dl className={styles['facts']}>
              <div>
                <dt>{t('date')}</dt>
                <dd>{format.day(draft?.date ?? sale.date)}</dd>
              </div>
              <div>
                <dt>{t('status')}</dt>
                <dd>
                  {sale.status}
                  {sale.status.toLowerCase() !== payment && ` · ${payment}`}
                </dd>
              </div>
              {sale.paymentMethod !== '' && (
                <div>
                  <dt>{t('paymentMethod')}</dt>
                  <dd>{sale.paymentMethod}</dd>
                </div>
              )}
            </dl>
          </header>
          <section className={styles['parties']}>
            <div>
              <Title order={3}>{t('debtor')}</Title>
              <address className={styles['address']}>
                {[customer.company, customer.name, ...customer.address, customer.email]
                  .filter((each) => each !== '')
                  .map((each, index) => (
                    <span key={index}>{each}</span>
                  ))}
                {customer.vatNumber !== '' && (
                  <span>{t('vatNumber', { number: customer.vatNumber })}</span>
                )}
              </address>
              {draft && (
                <p className={styles['quiet']}>
                  {t(`debtorIs.${draft.debtor.is}`, {
                    system: accounting.title,
                    id: debtorId ?? '',
                  })}
                </p>
              )}
            </div>
            <div>
              <Title order={3}>{t('treatment')}</Title>
              <p>{draft?.regime ?? t('noRegime')}</p>
              <p className={styles['quiet']}>
                {t('destination', { country: format.country(sale.destination) })}
              </p>
            </div>
          </section>
          <PreviewLines lines={lines} currency={sale.currency} />
          <PreviewTotals shown={shown} />
        </article>
        <div className={styles['reasons']}>
          {draft && draft.remarks.length > 0 && <FigureRemarks remarks={draft.remarks} />}
          <FigureChecks checks={checks} />
        </div>
      </div>
    </div>
  )
}
