import { CloseButton, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './search-field.module.css'

interface Props {
  label: string
  /** What is searched for now, from the address of the page. */
  value: string
  onSearch: (text: string) => void
}

/** A search that starts by itself when somebody stops typing. */
export const SearchField = ({ label, value, onSearch }: Props) => {
  const { t } = useTranslation('parts')
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  const search = useDebouncedCallback(onSearch, 300)

  // The address changed otherwise than by typing here: the back button, or "show all".
  if (value !== known) {
    setKnown(value)
    if (value !== typed.trim()) setTyped(value)
  }

  const type = (text: string) => {
    setTyped(text)
    search(text.trim())
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      maxLength={100}
      className={styles['field'] ?? ''}
      leftSection={<IconSearch size={18} aria-hidden />}
      rightSection={
        typed !== '' && (
          <CloseButton size="sm" aria-label={t('clearSearch')} onClick={() => type('')} />
        )
      }
      onChange={(event) => type(event.currentTarget.value)}
    />
  )
}
