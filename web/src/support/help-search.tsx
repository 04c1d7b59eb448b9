import { Button, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import panel from '../parts/panel.module.css'
import styles from './help-search.module.css'

/** Looks for an answer in the help pages, which need no session: a plain form with a plain address. */
export const HelpSearch = () => {
  const { t } = useTranslation('support')
  return (
    <form
      role="search"
      action="/help"
      method="get"
      className={`${panel['panel'] ?? ''} ${styles['search'] ?? ''}`}
    >
      <TextInput
        type="search"
        name="search"
        label={t('help.label')}
        description={t('help.means')}
        maxLength={100}
        leftSection={<IconSearch size={18} aria-hidden />}
        className={styles['field'] ?? ''}
      />
      <Button type="submit" variant="default">
        {t('help.search')}
      </Button>
    </form>
  )
}
