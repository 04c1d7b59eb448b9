import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { asFailure } from '../api/failure.ts'
import { useKeptKey } from '../api/kept-key.ts'
import { peopleQuery, type Role } from '../api/queries.ts'
import { tell } from '../booking/tell.ts'
import { isAddress } from '../parts/address.ts'
import { useKeptForm } from '../parts/kept-form.ts'
import styles from './profile.module.css'

interface Props {
  merchantId: string
  roles: readonly Role[]
}

/** Invites a colleague or an accountant by mail. */
export const InviteForm = ({ merchantId, roles }: Props) => {
  const { t } = useTranslation('profile')
  const ask = useAsk()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const form = useKeptForm(useKeptKey(`invite ${merchantId}`), {
    initialValues: { email: '', role: 'member' },
    validate: { email: (text) => (isAddress(text) ? null : t('invite.emailWrong')) },
  })
  const invite = async (typed: typeof form.values) => {
    if (busy) return
    setBusy(true)
    const email = typed.email.trim()
    const role = roles.find((each) => each === typed.role) ?? 'member'
    const said = await ask(() =>
      call('POST /api/merchants/:merchantId/offers', {
        params: { merchantId },
        body: { email, role },
      }),
    )
    setBusy(false)
    if (said.is === 'failed') {
      const { text, remedy } = asFailure(said.error)
      form.setFieldError('email', `${text} ${remedy}`)
      return
    }
    form.clear()
    tell(t('invite.sent', { email }))
    await queries.invalidateQueries({ queryKey: peopleQuery(merchantId).queryKey })
  }
  return (
    <form onSubmit={form.onSubmit((typed) => void invite(typed))} noValidate>
      <div className={styles['invite']}>
        <TextInput
          mt="lg"
          type="email"
          label={t('invite.email')}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <NativeSelect
          label={t('invite.role')}
          data={roles.toReversed().map((value) => ({ value, label: t(`role.${value}`) }))}
          {...form.getInputProps('role')}
        />
        <Button type="submit" variant="default" loading={busy}>
          {t('invite.submit')}
        </Button>
      </div>
    </form>
  )
}
