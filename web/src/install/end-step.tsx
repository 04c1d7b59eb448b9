import { Button, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Configuration, Side } from '../api/configuration.ts'
import { ConnectionPanel } from '../connecting/connection-panel.tsx'
import { Guide } from '../connecting/guide.tsx'
import styles from './install.module.css'

interface Props {
  side: Side
  configuration: Configuration
  onNext: () => void
}

/** Connecting one end, with beside it how to get what is asked. */
export const EndStep = ({ side, configuration, onNext }: Props) => {
  const { t } = useTranslation('install')
  const end = configuration[side]
  return (
    <div className={styles['beside']}>
      <Stack gap="md">
        <ConnectionPanel key={side} side={side} configuration={configuration} />
        {end.dot === 'green' && (
          <div className={styles['next']} role="status">
            <p>{t('connected', { system: end.system.title })}</p>
            <Button onClick={onNext}>{t('next')}</Button>
          </div>
        )}
      </Stack>
      <Guide system={end.system.id} title={end.system.title} />
    </div>
  )
}
