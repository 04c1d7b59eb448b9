import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './period-choice.module.css'
import { periods, readPeriod, type PeriodSearch } from './period.ts'

interface Props {
  value: PeriodSearch
  onChange: (period: PeriodSearch) => void
}

/** Chooses a period. The browser's own controls: good on a phone and with a keyboard. */
export const PeriodChoice = ({ value, onChange }: Props) => {
  const { t } = useTranslation('parts')
  const { period = 'all', from = '', until = '' } = value
  const change = (part: Record<string, string>) =>
    onChange(readPeriod({ period, from, until, ...part }))
  return (
    <>
      <NativeSelect
        aria-label={t('period.label')}
        value={period}
        flex="1 1 8rem"
        maw="12rem"
        data={periods.map((each) => ({ value: each, label: t(`period.${each}`) }))}
        onChange={(event) => change({ period: event.currentTarget.value })}
      />
      {period === 'custom' && (
        <div className={styles['days']}>
          <TextInput
            type="date"
            aria-label={t('period.from')}
            value={from}
            max={until === '' ? undefined : until}
            onChange={(event) => change({ from: event.currentTarget.value })}
          />
          <span aria-hidden>{t('period.to')}</span>
          <TextInput
            type="date"
            aria-label={t('period.until')}
            value={until}
            min={from === '' ? undefined : from}
            onChange={(event) => change({ until: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  )
}
