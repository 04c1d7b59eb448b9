import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../parts/dialog.tsx'

interface Props {
  /** How many would be ignored; 0 keeps the dialog closed. */
  count: number
  onConfirm: () => void
  onClose: () => void
}

/** Asks before sales are put aside, with what that means. */
export const IgnoreDialog = ({ count, onConfirm, onClose }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <Dialog opened={count > 0} onClose={onClose} title={t('ignoring.title', { count })}>
      <Text>{t('ignoring.text', { count })}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('ignoring.cancel')}
        </Button>
        <Button
          onClick={() => {
            onConfirm()
            onClose()
          }}
        >
          {t('ignoring.confirm')}
        </Button>
      </Group>
    </Dialog>
  )
}
