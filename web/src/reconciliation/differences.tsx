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
import own from './reconciliation.module.css'
import { WideTable } from '../parts/wide-table.tsx'

interface Props {
  survey: Survey
  differences: readonly Difference[]
}

/** Every sale that does not agree: what is wrong with it, and what each side says. */
export const Differences = ({ survey, differences }: Props) => {
  const { t } = useTranslation('reconciliation')
  const { id, mayChange, webshop, accounting } = useIntegration()
  const ask = useAsk()
  const refresh = useSurveyRefresh()
  const [busy, setBusy] = useState(false)
  const missed = differences.filter(({ kind }) => kind === 'not-seen').length
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
      <WideTable caption={t('differences.title')}>
        <thead>
          <tr>
            <th scope="col">{t('differences.number')}</th>
            <th scope="col">{t('differences.date')}</th>
            <th scope="col">{t('differences.what')}</th>
            <th scope="col" className={styles['number']}>
              {webshop.title}
            </th>
            <th scope="col" className={styles['number']}>
              {t('differences.booked')}
            </th>
            <th scope="col" className={styles['number']}>
              {accounting.title}
            </th>
          </tr>
        </thead>
        <tbody>
          {differences.map((each) => (
            <tr key={`${each.saleKind} ${each.number} ${each.bookingId ?? ''}`}>
              <th scope="row">
                <SaleLink number={each.number} bookingId={each.bookingId} />
              </th>
              <td className={styles['nowrap']}>
                <Day day={each.date} />
              </td>
              <td className={own['what']}>
                {t(`differences.kind.${each.kind}`, systems)}
                <span className={styles['note']}>
                  {t(`differences.remedy.${each.kind}`, systems)}
                </span>
              </td>
              {([each.shop, each.booked, each.books] as const).map((amount, index) => (
                <td key={index} className={styles['number']}>
                  <Money amount={amount} currency={each.currency} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  )
}
