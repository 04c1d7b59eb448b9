import { IconCheck, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Explained, Finding } from '../api/configuration.ts'
import styles from './findings.module.css'

interface Props {
  findings: readonly Finding[]
}

interface Group {
  problem: Explained | null
  subjects: string[]
}

/** What is wrong once, with everything it is wrong with; what is fine at the end. */
const grouped = (findings: readonly Finding[]): Group[] =>
  [...Map.groupBy(findings, ({ problem }) => problem?.text ?? '').values()]
    .map((group) => ({
      problem: group[0]?.problem ?? null,
      subjects: group.map(({ subject }) => subject),
    }))
    .sort((one, other) => Number(one.problem === null) - Number(other.problem === null))

/** What the doctor tried, and what to do about what is wrong. */
export const Findings = ({ findings }: Props) => {
  const { t } = useTranslation('connecting')
  if (findings.length === 0) return null
  return (
    <ul className={styles['findings']} aria-label={t('findings.title')}>
      {grouped(findings).map(({ problem, subjects }) => (
        <li key={problem?.text ?? ''} data-is={problem === null ? 'passed' : 'failed'}>
          {problem === null ? (
            <IconCheck size={18} stroke={2.2} aria-hidden />
          ) : (
            <IconX size={18} stroke={2.2} aria-hidden />
          )}
          <div>
            {problem === null ? (
              t('findings.passed')
            ) : (
              <>
                <strong>{problem.text}</strong>
                <p className={styles['more']}>
                  {problem.cause} {problem.remedy}
                </p>
              </>
            )}
            <span className={styles['subject']}>
              {t('findings.tried', { subjects: subjects.join(', ') })}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}
