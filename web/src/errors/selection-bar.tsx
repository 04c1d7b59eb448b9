import { Button, Checkbox, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './selection-bar.module.css'

interface Props {
  /** How many could be selected. */
  free: number
  selected: number
  onAll: (all: boolean) => void
  onProcess: () => void
  onIgnore: () => void
}

/** Selects everything on the list, and acts on what is selected. */
export const SelectionBar = ({ free, selected, onAll, onProcess, onIgnore }: Props) => {
  const { t } = useTranslation('errors')
  const { t: say } = useTranslation('booking')
  return (
    <div className={styles['bar']} data-active={selected > 0}>
      <Checkbox
        aria-label={t('selectAll')}
        label={selected > 0 ? t('selected', { count: selected }) : t('selectAll')}
        checked={free > 0 && selected === free}
        indeterminate={selected > 0 && selected < free}
        disabled={free === 0}
        onChange={(event) => onAll(event.currentTarget.checked)}
      />
      {selected > 0 && (
        <Group gap="xs">
          <Button size="xs" onClick={onProcess}>
            {say('process')}
          </Button>
          <Button size="xs" variant="default" onClick={onIgnore}>
            {say('ignore')}
          </Button>
        </Group>
      )}
    </div>
  )
}
