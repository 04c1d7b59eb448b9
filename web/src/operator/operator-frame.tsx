import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import { meQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { useFormat } from '../i18n/format.ts'
import { LiveContext, useStream } from '../live.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { AccountMenu } from '../shell/account-menu.tsx'
import frame from '../shell/frame.module.css'
import { FrameLoading } from '../shell/frame-loading.tsx'
import { Logo } from '../shell/logo.tsx'
import { Missing } from '../shell/missing.tsx'
import bar from '../shell/tab-bar.module.css'
import { useActiveInView } from '../shell/use-active-in-view.ts'
import { LockedPage } from './locked-page.tsx'
import styles from './operator-frame.module.css'
import { consoleKey, operatorQuery } from './operator-queries.ts'
import { useOperatorWords } from './operator-words.ts'

const rooms = [
  { name: 'integrations', to: '/operator' },
  { name: 'alarms', to: '/operator/alarms' },
  { name: 'tickets', to: '/operator/tickets' },
  { name: 'migrations', to: '/operator/migrations' },
  { name: 'licences', to: '/operator/licences' },
  { name: 'offers', to: '/operator/offers' },
  { name: 'tariffs', to: '/operator/tariffs' },
  { name: 'remotes', to: '/operator/remotes' },
  { name: 'queues', to: '/operator/queues' },
  { name: 'mails', to: '/operator/mails' },
  { name: 'log', to: '/operator/log' },
] as const

/** Around every page of the console. It looks unlike the merchant's on purpose. */
export const OperatorFrame = () => (
  <Suspense fallback={<FrameLoading />}>
    <Door />
  </Suspense>
)

const Door = () => {
  useOperatorWords()
  const query = useQuery(operatorQuery())
  const { data, error } = query
  if (data !== undefined) return <Rooms />
  if (error instanceof Failure && error.status === 404) return <Missing />
  return (
    <>
      <Band />
      <main id="content" className={frame['main']} tabIndex={-1}>
        {error instanceof Failure && error.code === 'SECOND_FACTOR_MISSING' ? (
          <LockedPage />
        ) : error === null ? (
          <ListLoading rows={8} height={56} />
        ) : (
          <QueryFailure query={query} />
        )}
      </main>
    </>
  )
}

const Band = () => {
  const { t } = useTranslation('operator')
  const { data: me } = useQuery(meQuery(useLanguage()))
  return (
    <header className={styles['band']}>
      <div className={styles['inner']}>
        <Link to="/operator" className={styles['home']}>
          <Logo />
          <span className={styles['console']}>{t('console')}</span>
        </Link>
        {me && <AccountMenu user={{ ...me.user, operator: false }} />}
      </div>
    </header>
  )
}

const Rooms = () => {
  const { t } = useTranslation('operator')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const { data } = useQuery(operatorQuery())
  const tabs = useActiveInView()
  const live = useStream('/api/operator/events', consoleKey, operatorQuery().queryKey)
  const counts: Record<string, number | undefined> = {
    alarms: data?.alarms,
    tickets: data?.tickets,
    remotes: data?.pauses,
  }
  return (
    <LiveContext value={live}>
      <a href="#content" className={frame['skip']}>
        {shell('skip')}
      </a>
      <Band />
      <nav className={`${bar['bar'] ?? ''} ${styles['rooms'] ?? ''}`} aria-label={t('rooms.label')}>
        <div ref={tabs} className={bar['tabs']}>
          {rooms.map(({ name, to }) => {
            const count = counts[name] ?? 0
            return (
              <Link
                key={name}
                to={to}
                className={bar['tab']}
                activeOptions={{ exact: name === 'integrations' }}
              >
                {t(`rooms.${name}`)}
                {count > 0 && (
                  <span
                    className={`${bar['count'] ?? ''} ${styles['count'] ?? ''}`}
                    data-room={name}
                  >
                    {format.count(count)}
                  </span>
                )}
              </Link>
            )
          })}
        </div>
      </nav>
      <main id="content" className={frame['main']} tabIndex={-1}>
        <Outlet />
      </main>
    </LiveContext>
  )
}
