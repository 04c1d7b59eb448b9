import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isLanguage, languages, speak, useLanguage, type Language } from '../i18n/language.ts'

interface Props {
  /** Told after the words have changed. */
  onChange?: (language: Language) => void
}

/** The language of the dashboard; each language is named in itself. */
export const LanguageChoice = ({ onChange }: Props) => {
  const { t } = useTranslation('shell')
  const change = async (language: string) => {
    if (!isLanguage(language)) return
    await speak(language)
    onChange?.(language)
  }
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('account.language')}
      value={useLanguage()}
      data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
      onChange={(language) => void change(language)}
    />
  )
}
