import { useTranslation } from 'react-i18next'
import type { System, Systems } from '../api/queries.ts'
import styles from './pair-choice.module.css'

export interface Pair {
  webshop: string
  accounting: string
}

interface ListProps {
  name: string
  label: string
  systems: readonly System[]
  chosen: string
  /** The only one that can be chosen, where an app store sent somebody. */
  fixed?: string | undefined
  onChoose: (id: string) => void
}

/** One side: a list of systems, of which one is chosen. Plain radio buttons, so that every keyboard knows them. */
const SystemList = ({ name, label, systems, chosen, fixed, onChoose }: ListProps) => (
  <fieldset className={styles['list']}>
    <legend>{label}</legend>
    {systems
      .filter(({ id }) => fixed === undefined || id === fixed)
      .map(({ id, title }) => (
        <label key={id} className={styles['system']} data-chosen={id === chosen}>
          <input
            type="radio"
            name={name}
            value={id}
            checked={id === chosen}
            onChange={() => onChoose(id)}
          />
          <span>{title}</span>
        </label>
      ))}
  </fieldset>
)

interface Props {
  systems: Systems
  pair: Pair
  fixedWebshop?: string | undefined
  onChange: (pair: Pair) => void
}

/** The two ends, and what runs between them. */
export const PairChoice = ({ systems, pair, fixedWebshop, onChange }: Props) => {
  const { t } = useTranslation('front')
  return (
    <div className={styles['pair']}>
      <SystemList
        name="webshop"
        label={t('webshop')}
        systems={systems.webshops}
        chosen={pair.webshop}
        fixed={fixedWebshop}
        onChoose={(webshop) => onChange({ ...pair, webshop })}
      />
      <svg className={styles['line']} viewBox="0 0 64 20" width="64" height="20" aria-hidden>
        <path d="M2 10h54" stroke="currentColor" strokeWidth="2" />
        <path d="m50 4 7 6-7 6" stroke="currentColor" strokeWidth="2" fill="none" />
      </svg>
      <SystemList
        name="accounting"
        label={t('accounting')}
        systems={systems.accountings}
        chosen={pair.accounting}
        onChoose={(accounting) => onChange({ ...pair, accounting })}
      />
    </div>
  )
}
