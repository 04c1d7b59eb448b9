import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DraftHandle } from './draft.ts'
import styles from './outdated-notice.module.css'

interface Props {
  handle: Pick<DraftHandle, 'drop' | 'keepMine'>
}

/** Somebody else saved meanwhile: neither version is thrown away before a person says which. */
export const OutdatedNotice = ({ handle }: Props) => {
  const { t } = useTranslation('configuration')
  return (
    <div role="alert" className={styles['notice']}>
      <p className={styles['title']}>{t('outdated.title')}</p>
      <p className={styles['text']}>{t('outdated.text')}</p>
      <Group gap="xs" mt="sm">
        <Button size="xs" variant="default" onClick={handle.drop}>
          {t('outdated.theirs')}
        </Button>
        <Button size="xs" variant="default" onClick={handle.keepMine}>
          {t('outdated.mine')}
        </Button>
      </Group>
    </div>
  )
}
