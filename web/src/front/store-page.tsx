import { Button, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { maybeMeQuery, systemsQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import styles from './front.module.css'
import { PairAbilities } from './pair-abilities.tsx'
import { PairChoice } from './pair-choice.tsx'
import { PublicFrame } from './public-frame.tsx'
import { SignUpDone } from './sign-up-done.tsx'
import { SignUpForm } from './sign-up-form.tsx'

const route = getRouteApi('/install')

/** Where an app store sends a merchant: the shop is known, the bookkeeping and the person are not. */
export const StorePage = () => {
  const { t } = useTranslation('front')
  const { claim } = route.useSearch()
  const [accounting, setAccounting] = useState<string | null>(null)
  const [mailedTo, setMailedTo] = useState<string | null>(null)
  const systems = useQuery(systemsQuery)
  const { data: me } = useQuery(maybeMeQuery(useLanguage()))
  const shop = useQuery({
    queryKey: ['store-claim', claim],
    queryFn: ({ signal }) => call('POST /api/store-claim', { body: { claim } }, signal),
    staleTime: Infinity,
    retry: false,
  })
  const error = shop.error ?? systems.error
  if (error) {
    return (
      <PublicFrame title={t('store.title')}>
        <div className={styles['narrow']}>
          <h1 className="visually-hidden">{t('store.title')}</h1>
          <FailureNotice error={error} />
        </div>
      </PublicFrame>
    )
  }
  if (shop.data === undefined || systems.data === undefined || me === undefined) {
    return (
      <PublicFrame title={t('store.title')}>
        <h1 className="visually-hidden">{t('store.title')}</h1>
        <ListLoading />
      </PublicFrame>
    )
  }
  const { system, title } = shop.data
  const pair = {
    webshop: system,
    accounting: accounting ?? systems.data.accountings[0]?.id ?? '',
  }
  if (mailedTo !== null) {
    return (
      <PublicFrame title={t('store.title')}>
        <h1 className="visually-hidden">{t('store.title')}</h1>
        <SignUpDone email={mailedTo} onBack={() => setMailedTo(null)} />
      </PublicFrame>
    )
  }
  const search = { ...pair, claim }
  const webshop = systems.data.webshops.find(({ id }) => id === pair.webshop)
  const books = systems.data.accountings.find(({ id }) => id === pair.accounting)
  return (
    <PublicFrame title={t('store.title')}>
      <div className={styles['head']}>
        <Title order={1} className={styles['title'] ?? ''}>
          {t('store.heading', { shop: title })}
        </Title>
        <p className={styles['lead']}>{t('store.lead')}</p>
      </div>
      <div className={styles['columns']}>
        <div className={styles['choice']}>
          <PairChoice
            systems={systems.data}
            pair={pair}
            fixedWebshop={system}
            onChange={(chosen) => setAccounting(chosen.accounting)}
          />
          {webshop && books && <PairAbilities webshop={webshop} accounting={books} />}
        </div>
        <section className={styles['card']} aria-labelledby="sign-up">
          {me !== null ? (
            <>
              <h2 id="sign-up">{t('store.goOn')}</h2>
              <p>{t('store.signedIn', { email: me.user.email })}</p>
              <Button
                size="md"
                renderRoot={(props) => <Link to="/new" search={search} {...props} />}
              >
                {t('store.connect')}
              </Button>
            </>
          ) : (
            <>
              <h2 id="sign-up">{t('form.title')}</h2>
              <p className={styles['known']}>
                {t('store.known')}{' '}
                <Link
                  to="/sign-in"
                  search={{ back: `/install?${new URLSearchParams({ claim }).toString()}` }}
                >
                  {t('signIn')}
                </Link>
              </p>
              <SignUpForm pair={pair} claim={claim} onMailed={setMailedTo} />
            </>
          )}
        </section>
      </div>
    </PublicFrame>
  )
}
