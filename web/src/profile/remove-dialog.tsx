import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { People } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'

type Person = People['people'][number]

interface Props {
  /** null keeps the dialog closed. */
  person: Person | null
  own: boolean
  merchant: string
  onClose: () => void
  onConfirm: (person: Person) => Promise<void>
}

/** Asks before a seat is taken away. */
export const RemoveDialog = ({ person, own, merchant, onClose, onConfirm }: Props) => {
  const { t } = useTranslation('profile')
  const [busy, setBusy] = useState(false)
  const confirm = async () => {
    if (person === null || busy) return
    setBusy(true)
    await onConfirm(person)
    setBusy(false)
  }
  const words = { name: person?.name ?? '', merchant }
  return (
    <Dialog
      opened={person !== null}
      onClose={onClose}
      title={own ? t('people.leaveTitle', words) : t('people.removeTitle', words)}
    >
      <Text>{own ? t('people.leaveText', words) : t('people.removeText', words)}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button loading={busy} onClick={() => void confirm()}>
          {own ? t('people.leave') : t('people.remove')}
        </Button>
      </Group>
    </Dialog>
  )
}
