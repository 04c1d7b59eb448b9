import { IconCheck } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Step, StepName } from './steps.ts'
import styles from './stepper.module.css'

interface Props {
  steps: readonly Step[]
  current: StepName
}

/** Where somebody is in the installation; every step can be gone back to. */
export const Stepper = ({ steps, current }: Props) => {
  const { t } = useTranslation('install')
  return (
    <nav aria-label={t('steps')}>
      <ol className={styles['steps']}>
        {steps.map(({ name, done }, index) => (
          <li
            key={name}
            className={styles['step']}
            data-done={done}
            data-current={name === current}
          >
            <Link
              to="."
              search={{ step: name }}
              className={styles['link']}
              activeProps={{ 'aria-current': 'step' }}
            >
              <span className={styles['sign']} aria-hidden>
                {done ? <IconCheck size={16} stroke={2.6} /> : index + 1}
              </span>
              <span className={styles['name']}>{t(`step.${name}`)}</span>
              {done && <span className="visually-hidden">({t('stepDone')})</span>}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
