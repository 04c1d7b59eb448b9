import { Button } from '@mantine/core'
import { IconDownload, IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import type { SurveySummary } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { useSteer } from '../survey/steer.ts'
import { CauseList } from './cause-list.tsx'
import { NamedSales } from './named-sales.tsx'
import { RatesTable } from './rates-table.tsx'
import { StartDialog } from './start-dialog.tsx'
import { Tiles } from './tiles.tsx'

interface Props {
  survey: SurveySummary
}

/** What a migration would come to: nothing has been booked yet. */
export const DryRun = ({ survey }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const { id, accounting, mayChange } = useIntegration()
  const { busy, steer } = useSteer(survey)
  const [asking, setAsking] = useState(false)
  const { standings, rates, causes, price, offer } = survey
  const { bookable = 0, refused = 0, unreadable = 0, 'by-hand': byHand = 0 } = standings
  const isEmpty = bookable + refused + unreadable + byHand === 0
  const csv = address(
    '/api/integrations/:integrationId/surveys/:surveyId/sales.csv',
    { integrationId: id, surveyId: survey.id },
    {},
  )
  if (survey.sales === 0) return <p className={card['intro']}>{t('nothing')}</p>
  return (
    <>
      <Tiles
        standings={standings}
        always={['bookable', 'booked-before', 'by-hand', 'refused']}
        others={['unreadable', 'waits', 'left-out', 'gone']}
      />
      {survey.booksComplete === false && (
        <p className={card['intro']}>{t('booksUnknown', { system: accounting.title })}</p>
      )}
      <div className={card['two']}>
        {rates.length > 0 && (
          <div>
            <h3>{t('rates.title')}</h3>
            <RatesTable rates={rates} />
          </div>
        )}
        {causes.length > 0 && (
          <div>
            <h3>{t('causes.before')}</h3>
            <CauseList causes={causes} />
          </div>
        )}
      </div>
      {byHand > 0 && <NamedSales survey={survey} standing="by-hand" />}
      {offer?.state === 'open' && (
        <p className={card['intro']}>{t('toPay.text', { number: offer.number })}</p>
      )}
      <div className={card['foot']}>
        {price !== null && !isEmpty && (
          <span className={card['price']}>
            <strong>{format.money(price, 'EUR')}</strong>{' '}
            <span className={card['note']}>{t('price')}</span>
          </span>
        )}
        <Button
          component="a"
          href={csv}
          download
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
        >
          {t('csv')}
        </Button>
        {offer?.state === 'open' && (
          <Button component="a" href={offer.payPath}>
            {t('toPay.button')}
          </Button>
        )}
        {mayChange && !isEmpty && offer?.state !== 'open' && (
          <Button
            loading={busy === 'start'}
            leftSection={<IconPlayerPlay size={18} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {t('start')}
          </Button>
        )}
      </div>
      <StartDialog
        opened={asking}
        survey={survey}
        onClose={() => setAsking(false)}
        onStart={() => void steer('start')}
      />
    </>
  )
}
