import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { useKeptKey } from '../api/kept-key.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useKeptForm } from '../parts/kept-form.ts'

interface Props {
  opened: boolean
  onClose: () => void
  onMade: (token: string) => void
}

const scopes = ['read', 'process', 'configure'] as const
const lengths = ['30', '90', '365', 'ever'] as const

/** A new token: what it is for, what it may, and how long. */
export const TokenForm = ({ opened, onClose, onMade }: Props) => {
  const { t } = useTranslation('account')
  const ask = useAsk()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const form = useKeptForm(useKeptKey('token'), {
    initialValues: { name: '', scopes: ['read'], days: '90' },
    validate: {
      name: (text) => (text.trim() === '' ? t('tokens.nameMissing') : null),
      scopes: (chosen) => (chosen.length === 0 ? t('tokens.scopeMissing') : null),
    },
  })
  const make = async ({ name, scopes: chosen, days }: typeof form.values) => {
    if (busy) return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/account/tokens', {
        body: {
          name: name.trim(),
          scopes: scopes.filter((scope) => chosen.includes(scope)),
          days: days === 'ever' ? null : Number(days),
        },
      }),
    )
    setBusy(false)
    setFailure(said.is === 'failed' ? said.error : null)
    if (said.is === 'failed') return
    form.clear()
    onMade(said.answer.token)
  }
  return (
    <Dialog title={t('tokens.make')} opened={opened} onClose={onClose}>
      <form onSubmit={form.onSubmit((typed) => void make(typed))} noValidate>
        <Stack gap="md">
          {failure !== null && <FailureNotice error={failure} />}
          <TextInput
            label={t('tokens.name')}
            description={t('tokens.nameHint')}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Checkbox.Group label={t('tokens.may')} {...form.getInputProps('scopes')}>
            <Stack gap="xs" mt={6}>
              {scopes.map((scope) => (
                <Checkbox
                  key={scope}
                  value={scope}
                  label={t(`tokens.scope.${scope}`)}
                  description={t(`tokens.scopeHint.${scope}`)}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label={t('tokens.length')}
            data={lengths.map((value) => ({ value, label: t(`tokens.days.${value}`) }))}
            {...form.getInputProps('days')}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy}>
              {t('tokens.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
