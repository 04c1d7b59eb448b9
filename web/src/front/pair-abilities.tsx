import { IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { System } from '../api/queries.ts'
import { abilitiesOf } from './abilities.ts'
import styles from './pair-abilities.module.css'

interface Props {
  webshop: System
  accounting: System
}

/** What this pair does, and what it can't: known before anybody signs up. */
export const PairAbilities = ({ webshop, accounting }: Props) => {
  const { t } = useTranslation('front')
  return (
    <section className={styles['box']} aria-live="polite">
      <h2>{t('abilities.title', { webshop: webshop.title, accounting: accounting.title })}</h2>
      <ul className={styles['list']}>
        {abilitiesOf(webshop, accounting).map(({ name, is }) => (
          <li key={name} data-is={is}>
            {is === 'yes' ? (
              <IconCheck size={20} aria-hidden />
            ) : (
              <IconInfoCircle size={20} aria-hidden />
            )}
            <span>
              {t(`abilities.${name}`, { webshop: webshop.title, accounting: accounting.title })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
