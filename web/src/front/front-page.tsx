import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { systemsQuery, type Systems } from '../api/queries.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import styles from './front.module.css'
import { PairAbilities } from './pair-abilities.tsx'
import { PairChoice, type Pair } from './pair-choice.tsx'
import { PublicFrame } from './public-frame.tsx'
import { SignUpForm } from './sign-up-form.tsx'
import { SignUpDone } from './sign-up-done.tsx'

interface Props {
  systems: Systems
}

const first = (systems: Systems): Pair => ({
  webshop: systems.webshops[0]?.id ?? '',
  accounting: systems.accountings[0]?.id ?? '',
})

/** Choose both ends, see honestly what they do together, and ask for an account. */
const Choosing = ({ systems }: Props) => {
  const { t } = useTranslation('front')
  const [pair, setPair] = useState(() => first(systems))
  const [mailedTo, setMailedTo] = useState<string | null>(null)
  const webshop = systems.webshops.find(({ id }) => id === pair.webshop)
  const accounting = systems.accountings.find(({ id }) => id === pair.accounting)
  if (mailedTo !== null) return <SignUpDone email={mailedTo} onBack={() => setMailedTo(null)} />
  return (
    <div className={styles['columns']}>
      <div className={styles['choice']}>
        <PairChoice systems={systems} pair={pair} onChange={setPair} />
        {webshop && accounting && <PairAbilities webshop={webshop} accounting={accounting} />}
      </div>
      <section className={styles['card']} aria-labelledby="sign-up">
        <h2 id="sign-up">{t('form.title')}</h2>
        <p>{t('form.intro')}</p>
        <SignUpForm pair={pair} onMailed={setMailedTo} />
      </section>
    </div>
  )
}

/** The public integrations page. */
export const FrontPage = () => {
  const { t } = useTranslation('front')
  const systems = useQuery(systemsQuery)
  return (
    <PublicFrame title={t('title')}>
      <div className={styles['head']}>
        <Title order={1} className={styles['title'] ?? ''}>
          {t('heading')}
        </Title>
        <p className={styles['lead']}>{t('lead')}</p>
      </div>
      <QueryFailure query={systems} />
      {systems.data ? <Choosing systems={systems.data} /> : systems.isPending && <ListLoading />}
    </PublicFrame>
  )
}
