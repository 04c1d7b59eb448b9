import { IconAlertCircleFilled, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './ends.module.css'
import type { HealthLine } from './operator-queries.ts'

const signs = {
  green: IconCircleCheckFilled,
  red: IconAlertCircleFilled,
  new: IconCircleDashed,
}

/** Both ends of an integration with their dots. */
export const Ends = ({ webshop, accounting }: Pick<HealthLine, 'webshop' | 'accounting'>) => {
  const { t } = useTranslation('shell')
  return (
    <span className={styles['ends']}>
      {[webshop, accounting].map(({ title, dot }, index) => {
        const Sign = signs[dot]
        return (
          <span key={index} className={styles['end']}>
            <Sign size={15} data-dot={dot} className={styles['dot']} aria-hidden />
            {title}
            <span className="visually-hidden">{t(`dot.${dot}`)}</span>
          </span>
        )
      })}
    </span>
  )
}
