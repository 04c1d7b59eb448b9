import { Button, NativeSelect, Stack, TextInput, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { forget, keep, keptOr } from '../api/kept.ts'
import { useKeptKey } from '../api/kept-key.ts'
import { meQuery, systemsQuery, type Me, type Systems } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { tellFailure } from '../booking/tell.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import shell from '../shell/frame.module.css'
import { NoIntegration } from '../shell/no-integration.tsx'
import styles from './front.module.css'
import { PairAbilities } from './pair-abilities.tsx'
import { PairChoice } from './pair-choice.tsx'

const route = getRouteApi('/signed-in/new')

interface Props {
  systems: Systems
  merchants: Me['merchants']
}

/** Another integration for somebody who is signed in, or the first after a shop was brought by its store. */
const Making = ({ systems, merchants }: Props) => {
  const { t } = useTranslation('front')
  const search = route.useSearch()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const ask = useAsk()
  const keptAs = useKeptKey(`new ${JSON.stringify(search)}`)
  const [wish, setWish] = useState(() =>
    keptOr(keptAs, {
      pair: {
        webshop: search.webshop ?? systems.webshops[0]?.id ?? '',
        accounting: search.accounting ?? systems.accountings[0]?.id ?? '',
      },
      merchantId: merchants[0]?.id ?? '',
      name: merchants[0]?.name ?? '',
    }),
  )
  const { pair, merchantId, name } = wish
  const change = (part: Partial<typeof wish>) => {
    const changed = { ...wish, ...part }
    keep(keptAs, changed)
    setWish(changed)
  }
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const webshop = systems.webshops.find(({ id }) => id === pair.webshop)
  const accounting = systems.accountings.find(({ id }) => id === pair.accounting)

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() === '' || busy) return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/integrations', { body: { name: name.trim(), merchantId, ...pair } }),
    )
    if (said.is === 'failed') {
      setFailure(said.error)
      setBusy(false)
      return
    }
    forget(keptAs)
    const { id } = said.answer
    const { claim } = search
    if (claim !== undefined) {
      const taken = await ask(() =>
        call('POST /api/integrations/:integrationId/store-claim', {
          params: { integrationId: id },
          body: { claim },
        }),
      )
      // The integration is there all the same; its installation page offers the store again.
      if (taken.is === 'failed') tellFailure(taken.error)
    }
    await queries.invalidateQueries({ queryKey: ['me'] })
    await navigate({ href: `/i/${id}/install` })
  }
  return (
    <div className={styles['columns']}>
      <div className={styles['choice']}>
        <PairChoice
          systems={systems}
          pair={pair}
          fixedWebshop={search.claim === undefined ? undefined : search.webshop}
          onChange={(chosen) => change({ pair: chosen })}
        />
        {webshop && accounting && <PairAbilities webshop={webshop} accounting={accounting} />}
      </div>
      <section className={styles['card']} aria-labelledby="new">
        <h2 id="new">{t('new.title')}</h2>
        <p>{t('new.intro')}</p>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="md">
            {failure !== null && <FailureNotice error={failure} />}
            {merchants.length > 1 && (
              <NativeSelect
                label={t('new.merchant')}
                value={merchantId}
                data={merchants.map(({ id, name: label }) => ({ value: id, label }))}
                onChange={(event) => change({ merchantId: event.currentTarget.value })}
              />
            )}
            <TextInput
              label={t('new.name')}
              description={t('new.nameHint')}
              value={name}
              error={missing && t('new.nameMissing')}
              onChange={(event) => change({ name: event.currentTarget.value })}
            />
            <Button type="submit" size="md" loading={busy}>
              {t('new.submit')}
            </Button>
          </Stack>
        </form>
      </section>
    </div>
  )
}

export const NewPage = () => {
  const { t } = useTranslation('front')
  const systems = useQuery(systemsQuery)
  const { data: me } = useQuery(meQuery(useLanguage()))
  const merchants = (me?.merchants ?? []).filter(({ role }) => role !== 'member')
  useDocumentTitle(`${t('new.heading')} · Doorvoer`)
  if (me !== undefined && merchants.length === 0) return <NoIntegration />
  return (
    <main id="content" className={shell['main']} tabIndex={-1}>
      <div className={styles['head']}>
        <Title order={1}>{t('new.heading')}</Title>
      </div>
      <QueryFailure query={systems} />
      {systems.data && me ? (
        <Making systems={systems.data} merchants={merchants} />
      ) : (
        systems.isPending && <ListLoading />
      )}
    </main>
  )
}
