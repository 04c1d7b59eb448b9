import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { address, call } from '../api/client.ts'
import type { Difference, Survey } from '../api/survey-queries.ts'
import { tell, tellFailure } from '../booking/tell.ts'
import styles from '../parts/booking-table.module.css'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { SaleLink } from '../survey/sale-link.tsx'
import { useSurveyRefresh } from '../survey/survey-refresh.ts'
import { FirstOnes } from './first-ones.tsx'
import own from './reconciliation.module.css'
import { RowTable } from '../parts/row-table.tsx'

const amountOf =
  (side: 'shop' | 'booked' | 'books') =>
  ({ currency, [side]: amount }: Difference) =>
    amount === null ? null : <Money amount={amount} currency={currency} />

interface Props {
  survey: Survey
  differences: readonly Difference[]
  /** How many there are, where only the first are shown. */
  count: number
  /** Of these: sales that can be taken up. */
  missed: number
}

/** Every sale that does not agree: what is wrong with it, and what each side says. */
export const Differences = ({ survey, differences, count, missed }: Props) => {
  const { t } = useTranslation('reconciliation')
  const { id, mayChange, webshop, accounting } = useIntegration()
  const ask = useAsk()
  const refresh = useSurveyRefresh()
  const [busy, setBusy] = useState(false)
  const params = { integrationId: id, surveyId: survey.id }
  const systems = { shop: webshop.title, system: accounting.title }

  const pickUp = async () => {
    if (busy) return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/surveys/:surveyId/pick-up', {
        params,
        body: { pickUp: true },
      }),
    )
    if (said.is === 'failed') tellFailure(said.error)
    else tell(t('pickedUp', { count: said.answer.accepted }))
    await refresh()
    setBusy(false)
  }

  return (
    <section className={own['section']}>
      <div className={own['tools']}>
        <h3>{t('differences.title')}</h3>
        <div className={`${card['tools'] ?? ''} ${own['screenOnly'] ?? ''}`}>
          {mayChange && missed > 0 && (
            <Button loading={busy} onClick={() => void pickUp()}>
              {t('pickUp', { count: missed })}
            </Button>
          )}
          <Button
            component="a"
            href={address(
              '/api/integrations/:integrationId/surveys/:surveyId/differences.csv',
              params,
              {},
            )}
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('csv')}
          </Button>
        </div>
      </div>
      <RowTable
        caption={t('differences.title')}
        items={differences}
        keyOf={({ saleKind, number, bookingId }) => `${saleKind} ${number} ${bookingId ?? ''}`}
        columns={[
          {
            head: t('differences.number'),
            cell: ({ number, bookingId }) => <SaleLink number={number} bookingId={bookingId} />,
          },
          {
            head: t('differences.what'),
            cell: ({ kind }) => (
              <>
                {t(`differences.kind.${kind}`, systems)}
                <span className={styles['note']}>{t(`differences.remedy.${kind}`, systems)}</span>
              </>
            ),
            prose: true,
          },
          { head: t('differences.date'), cell: ({ date }) => <Day day={date} /> },
          { head: webshop.title, cell: amountOf('shop'), numeric: true },
          { head: t('differences.booked'), cell: amountOf('booked'), numeric: true },
          { head: accounting.title, cell: amountOf('books'), numeric: true },
        ]}
        framed={false}
      />
      <FirstOnes shown={differences.length} count={count} />
    </section>
  )
}
