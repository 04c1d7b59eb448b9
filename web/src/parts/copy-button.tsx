import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

interface Props {
  text: string
  /** What is copied, for who does not see where the button stands. */
  of?: string
}

/** Puts a text on the clipboard, and says that it is there. */
export const CopyButton = ({ text, of }: Props) => {
  const { t } = useTranslation('parts')
  const { copied, copy } = useClipboard()
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={
        copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
      }
      onClick={() => copy(text)}
    >
      <span aria-live="polite">{copied ? t('copied') : t('copy')}</span>
      {of !== undefined && <span className="visually-hidden">: {of}</span>}
    </Button>
  )
}
