import { useTranslation } from 'react-i18next'
import type { SurveySummary } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import card from '../survey/card.module.css'

interface Props {
  causes: SurveySummary['causes']
}

/** Why sales would not be booked, or were not, with the numbers of a few. */
export const CauseList = ({ causes }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  return (
    <ul className={card['causes']}>
      {causes.map(({ standing, problem, count, examples }) => (
        <li key={`${standing} ${problem.code}`}>
          <span>{format.count(count)}</span>
          <div>
            <p>{problem.text}</p>
            <p className={card['note']}>
              {problem.remedy} {t('examples', { numbers: examples.join(', ') })}{' '}
              <CodeMark code={problem.code} />
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
