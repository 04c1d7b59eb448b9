import { useTranslation } from 'react-i18next'
import type { Double } from '../api/survey-queries.ts'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { SaleLink } from '../survey/sale-link.tsx'
import { FirstOnes } from './first-ones.tsx'
import own from './reconciliation.module.css'

interface Props {
  doubles: readonly Double[]
  /** How many there are, where only the first are shown. */
  count: number
}

/** Sales that stand in the books more than once, with every invoice. */
export const Doubles = ({ doubles, count }: Props) => {
  const { t } = useTranslation('reconciliation')
  const { accounting } = useIntegration()
  return (
    <section className={own['section']}>
      <h3>{t('doubles.title')}</h3>
      <p className={card['intro']}>{t('doubles.text', { system: accounting.title })}</p>
      <ul className={own['doubles']}>
        {doubles.map((each) => (
          <li key={each.invoices.map(({ remoteNumber }) => remoteNumber).join(' ')}>
            <p>
              {each.by === 'reference'
                ? t('doubles.reference', { reference: each.reference })
                : t('doubles.debtor')}
            </p>
            <ul>
              {each.invoices.map((invoice) => (
                <li key={invoice.remoteNumber}>
                  {invoice.remoteNumber} · <Day day={invoice.date} /> ·{' '}
                  <Money amount={invoice.total} currency="EUR" /> ·{' '}
                  {invoice.sale === null ? (
                    t('doubles.byHand')
                  ) : (
                    <>
                      {t('doubles.ours')}{' '}
                      <SaleLink number={invoice.sale} bookingId={invoice.bookingId} />
                    </>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <FirstOnes shown={doubles.length} count={count} />
    </section>
  )
}
