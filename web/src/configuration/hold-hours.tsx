import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { PartProps } from './part.ts'

/** From an hour to thirty days, as src/merchants/integration-settings.ts has it. */
const bounds = { min: 1, max: 720 }

/** Whether this is a time that a sale may wait for VIES. */
export const isHoldTime = (hours: number): boolean =>
  Number.isInteger(hours) && hours >= bounds.min && hours <= bounds.max

/** How long a sale waits for VIES before its merchant is asked. */
export const HoldHours = ({ settings, mistakes, disabled, onChange }: PartProps) => {
  const { t } = useTranslation('configuration')
  const { viesHoldHours: hours } = settings
  return (
    <TextInput
      type="number"
      maw="16rem"
      label={t('vat.holdHours')}
      description={t('vat.holdHoursHelp')}
      disabled={disabled}
      {...bounds}
      value={Number.isFinite(hours) ? hours : ''}
      error={'viesHoldHours' in mistakes ? t('mistake.number', bounds) : undefined}
      onChange={(event) => onChange({ viesHoldHours: event.currentTarget.valueAsNumber })}
    />
  )
}
