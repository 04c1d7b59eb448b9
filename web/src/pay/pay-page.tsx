import { Anchor, Button, Stack, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { offerQuery, type PublicOffer } from '../api/licence-queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { Logo } from '../shell/logo.tsx'
import styles from './pay-page.module.css'
import { PriceTable } from './price-table.tsx'

const route = getRouteApi('/pay/$token')

/** An offer, for whoever has its link: what it costs, and the way to pay it. */
export const PayPage = () => {
  const { t } = useTranslation('licence')
  const { token } = route.useParams()
  const query = useQuery(offerQuery(token))
  useDocumentTitle(`${t('pay.title')} · Doorvoer`)
  return (
    <div className={styles['page']}>
      <header className={styles['band']}>
        <Logo />
      </header>
      <main className={styles['main']}>
        <QueryFailure query={query} />
        {query.isPending && <ListLoading rows={4} />}
        {query.data && <OfferSheet offer={query.data} token={token} />}
        <LanguageChoice />
      </main>
    </div>
  )
}

interface SheetProps {
  offer: PublicOffer
  token: string
}

const OfferSheet = ({ offer, token }: SheetProps) => {
  const { t } = useTranslation('licence')
  return (
    <section className={`${panel['panel'] ?? ''} ${styles['sheet'] ?? ''}`}>
      <Stack gap="lg">
        <div>
          <Title order={1}>{t(`service.${offer.service}`)}</Title>
          <p className={styles['intro']}>
            {t('pay.for', { integration: offer.integration, company: offer.company })}
          </p>
        </div>
        <PriceTable
          what={
            offer.quantity === 1
              ? t(`service.${offer.service}`)
              : t('times', { count: offer.quantity, what: t(`service.${offer.service}`) })
          }
          price={offer.price}
        />
        <div aria-live="polite">
          {offer.state === 'paid' ? (
            <p className={styles['done']}>
              <IconCircleCheck size={22} aria-hidden /> {t('pay.paid')}
            </p>
          ) : offer.state === 'withdrawn' ? (
            <p className={styles['gone']}>
              <IconCircleX size={22} aria-hidden /> {t('pay.withdrawn')}
            </p>
          ) : (
            <Ways offer={offer} token={token} />
          )}
        </div>
        <p className={styles['small']}>
          {t('pay.number', { number: offer.number })} · {offer.seller.name} ·{' '}
          <Anchor underline="always" href={`mailto:${offer.seller.email}`}>
            {offer.seller.email}
          </Anchor>
        </p>
      </Stack>
    </section>
  )
}

/** How an open offer is paid here. */
const Ways = ({ offer, token }: SheetProps) => {
  const { t } = useTranslation('licence')
  const language = useLanguage()
  const ask = useAsk()
  const [going, setGoing] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)

  const pay = async () => {
    if (going) return
    setGoing(true)
    setTrouble(null)
    const said = await ask(() =>
      call('POST /api/offers/:token/pay', {
        params: { token },
        query: { language },
        body: { pay: true },
      }),
    )
    if (said.is === 'answered') {
      window.location.assign(said.answer.goTo)
      return
    }
    setTrouble(said.error)
    setGoing(false)
  }

  if (!offer.complete) {
    return (
      <>
        <p className={styles['intro']}>{t('pay.incomplete')}</p>
        <Button component="a" href={offer.profilePath}>
          {t('pay.fillIn')}
        </Button>
      </>
    )
  }
  if (offer.payment === 'transfer') {
    return (
      <dl className={styles['transfer']}>
        <dt>{t('pay.iban')}</dt>
        <dd>{offer.seller.iban}</dd>
        <dt>{t('pay.to')}</dt>
        <dd>{offer.seller.name}</dd>
        <dt>{t('pay.mention')}</dt>
        <dd>{offer.number}</dd>
      </dl>
    )
  }
  return (
    <Stack gap="sm">
      {offer.underWay && <p className={styles['intro']}>{t('pay.underWay')}</p>}
      {trouble !== null && <FailureNotice error={trouble} />}
      <Button size="md" loading={going} onClick={() => void pay()}>
        {t('pay.button')}
      </Button>
      <p className={styles['small']}>{t('pay.pledge')}</p>
    </Stack>
  )
}
