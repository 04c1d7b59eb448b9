import { Button, Group, Title } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Cause, Narrowing } from '../api/queries.ts'
import { UnderWayText } from '../booking/under-way-text.tsx'
import { useCauseUnderWay } from '../booking/under-way.ts'
import { useFormat } from '../i18n/format.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import { CauseBookings } from './cause-bookings.tsx'
import styles from './cause-group.module.css'
import { useProcessAll } from './process-all.ts'

interface Props {
  cause: Cause
  period: Pick<Narrowing, 'from' | 'until'>
  isOpen: boolean
  onToggle: () => void
}

/** All sales that were not booked for one cause: what is wrong, what to do, and all of them at once. */
export const CauseGroup = ({ cause: { problem, count }, period, isOpen, onToggle }: Props) => {
  const { t } = useTranslation('errors')
  const format = useFormat()
  const { mayChange } = useIntegration()
  const listId = useId()
  const underWay = useCauseUnderWay(problem.code)
  const { processAll, collecting } = useProcessAll(problem.code, period)
  // A sentence with the figures of one sale may not pass for all of them.
  const isExample = count > 1 && Object.keys(problem.params).some((name) => name !== 'system')

  return (
    <section className={`${panel['panel'] ?? ''} ${styles['group'] ?? ''}`}>
      <div className={styles['head']}>
        <p className={styles['count']}>
          <span>{format.count(count)}</span> {t('sales', { count })}
        </p>
        <div className={styles['words']}>
          <Title order={2}>
            {isExample && <span className={styles['example']}>{t('forExample')} </span>}
            {problem.text}
          </Title>
          <dl className={styles['parts']}>
            <dt>{t('cause')}</dt>
            <dd>{problem.cause}</dd>
            <dt>{t('remedy')}</dt>
            <dd>{problem.remedy}</dd>
          </dl>
        </div>
        <Group gap="sm" className={styles['foot'] ?? ''}>
          {!mayChange ? null : underWay ? (
            <UnderWayText deed="process" />
          ) : (
            <Button size="sm" variant="light" loading={collecting} onClick={processAll}>
              {t('processAll', { count })}
            </Button>
          )}
          <Button
            size="sm"
            variant="default"
            aria-expanded={isOpen}
            aria-controls={listId}
            rightSection={
              <IconChevronDown
                size={16}
                className={styles['chevron']}
                data-open={isOpen}
                aria-hidden
              />
            }
            onClick={onToggle}
          >
            {isOpen ? t('hide') : t('show')}
          </Button>
          <span className={styles['code']}>
            <CodeMark code={problem.code} help={problem.help} />
          </span>
        </Group>
      </div>
      <div id={listId} hidden={!isOpen} className={styles['list']}>
        {isOpen && <CauseBookings code={problem.code} period={period} />}
      </div>
    </section>
  )
}
