import { Title } from '@mantine/core'
import { IconCheck, IconClock, IconMinus, IconX, type Icon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './figure-checks.module.css'
import type { ReadFigures } from './read-figures.tsx'

type Check = ReadFigures['checks'][number]

const signs: Record<Check['is'], Icon> = {
  passed: IconCheck,
  failed: IconX,
  waits: IconClock,
  'not-reached': IconMinus,
}

interface Props {
  checks: readonly Check[]
}

/** The verdict of every check, in the order they are made. */
export const FigureChecks = ({ checks }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <section>
      <Title order={3} mb="xs">
        {t('checks.title')}
      </Title>
      <ul className={styles['checks']}>
        {checks.map((check) => {
          const Sign = signs[check.is]
          return (
            <li key={check.check} data-is={check.is}>
              <Sign size={18} stroke={2.2} aria-hidden />
              <span>
                {check.title}
                {check.problem && <span className={styles['why']}>{check.problem.text}</span>}
              </span>
              <span className={styles['verdict']}>{t(`checks.${check.is}`)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
