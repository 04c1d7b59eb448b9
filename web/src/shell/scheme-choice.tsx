import { SegmentedControl, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'

const schemes = ['light', 'dark', 'auto'] as const

/** Light, dark, or as the computer says. Kept on this computer by Mantine. */
export const SchemeChoice = () => {
  const { t } = useTranslation('shell')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <SegmentedControl
      fullWidth
      aria-label={t('account.scheme')}
      value={colorScheme}
      data={schemes.map((value) => ({ value, label: t(`account.${value}`) }))}
      onChange={(value) => setColorScheme(schemes.find((each) => each === value) ?? 'auto')}
    />
  )
}
