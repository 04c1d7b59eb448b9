import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Finding } from '../api/configuration.ts'
import styles from './findings.module.css'

interface Props {
  findings: readonly Finding[]
}

/** What the doctor tried, and what to do about what is wrong. */
export const Findings = ({ findings }: Props) => {
  const { t } = useTranslation('connecting')
  if (findings.length === 0) return null
  return (
    <ul className={styles['findings']} aria-label={t('findings.title')}>
      {findings.map(({ subject, problem }, index) => (
        <li key={`${subject} ${index}`} data-is={problem === null ? 'passed' : 'failed'}>
          {problem === null ? (
            <IconCheck size={18} stroke={2.2} aria-hidden />
          ) : (
            <IconX size={18} stroke={2.2} aria-hidden />
          )}
          <div>
            <span className={styles['subject']}>{subject}</span>{' '}
            {problem === null ? (
              <span className="visually-hidden">{t('findings.passed')}</span>
            ) : (
              <>
                <strong>{problem.text}</strong>
                <p className={styles['more']}>
                  {problem.cause} {problem.remedy}
                </p>
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  )
}
