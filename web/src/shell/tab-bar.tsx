import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { countsQuery } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import styles from './tab-bar.module.css'
import { tabs } from './tabs.ts'
import { useActiveInView } from './use-active-in-view.ts'

interface Props {
  integrationId: string
}

/** The rooms of the integration, with how much each holds at this moment. */
export const TabBar = ({ integrationId }: Props) => {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { data: counts } = useQuery(countsQuery(integrationId))
  const bar = useActiveInView()
  // Where the counting ends there may be more.
  const shown = (count: number) => format.count(count) + (count === counts?.upTo ? '+' : '')
  return (
    <div className={styles['bar']}>
      <nav ref={bar} className={styles['tabs']} aria-label={t('tabs.label')}>
        {tabs.map((tab) => (
          <Link key={tab.name} to={tab.to} params={{ integrationId }} className={styles['tab']}>
            {t(`tabs.${tab.name}`)}
            {counts && 'counts' in tab && (
              <span
                className={styles['count']}
                data-tab={tab.name}
                data-none={counts[tab.name] === 0}
              >
                {shown(counts[tab.name])}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <span className="visually-hidden" role="status">
        {counts &&
          t('tabs.changed', {
            errors: shown(counts.errors),
            open: shown(counts.open),
          })}
      </span>
    </div>
  )
}
