import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { countsQuery, type Tab } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import styles from './tab-bar.module.css'
import { tabs } from './tabs.ts'

const counted: readonly string[] = ['report', 'errors', 'open'] satisfies Tab[]
const isCounted = (name: string): name is Tab => counted.includes(name)

interface Props {
  integrationId: string
}

/** The rooms of the integration, with how much each holds at this moment. */
export const TabBar = ({ integrationId }: Props) => {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { data: counts } = useQuery(countsQuery(integrationId))
  return (
    <div className={styles['bar']}>
      <nav className={styles['tabs']} aria-label={t('tabs.label')}>
        {tabs.map(({ name, to }) => (
          <Link key={name} to={to} params={{ integrationId }} className={styles['tab']}>
            {t(`tabs.${name}`)}
            {counts && isCounted(name) && (
              <span className={styles['count']} data-tab={name} data-none={counts[name] === 0}>
                {format.count(counts[name])}
              </span>
            )}
          </Link>
        ))}
      </nav>
      <span className="visually-hidden" role="status">
        {counts &&
          t('tabs.changed', {
            errors: format.count(counts.errors),
            open: format.count(counts.open),
          })}
      </span>
    </div>
  )
}
