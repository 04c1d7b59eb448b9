import { Button, Group, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { asFailure } from '../api/failure.ts'
import { Dialog } from '../parts/dialog.tsx'
import styles from './profile.module.css'

interface Props {
  merchantId: string
  merchant: string
  onClose: () => void
}

const consequences = ['integrations', 'people', 'forever'] as const

/** Deleting everything of a company: the name has to be typed, because nothing brings it back. */
export const DeleteDialog = ({ merchantId, merchant, onClose }: Props) => {
  const { t } = useTranslation('profile')
  const ask = useAsk()
  const queries = useQueryClient()
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const remove = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    if (typed.trim() !== merchant.trim()) {
      setWrong(t('delete.wrong', { merchant }))
      return
    }
    setBusy(true)
    const said = await ask(() =>
      call('DELETE /api/merchants/:merchantId', {
        params: { merchantId },
        body: { company: typed.trim() },
      }),
    )
    if (said.is === 'answered') {
      queries.clear()
      window.location.assign('/')
      return
    }
    setBusy(false)
    const { text, remedy } = asFailure(said.error)
    setWrong(`${text} ${remedy}`)
  }
  return (
    <Dialog title={t('delete.title', { merchant })} opened onClose={onClose}>
      <form onSubmit={(event) => void remove(event)} noValidate>
        <Text>{t('delete.text')}</Text>
        <ul className={styles['list']}>
          {consequences.map((each) => (
            <li key={each}>{t(`delete.${each}`)}</li>
          ))}
        </ul>
        <TextInput
          mt="md"
          label={t('delete.label', { merchant })}
          autoComplete="off"
          value={typed}
          error={wrong}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" color="red" loading={busy}>
            {t('delete.confirm')}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
