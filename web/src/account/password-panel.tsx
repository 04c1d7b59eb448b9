import { Button, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountQuery } from '../api/queries.ts'
import { changePassword } from '../api/session.ts'
import { tell } from '../booking/tell.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { SectionPanel } from '../parts/section-panel.tsx'
import { refusalWords } from './refusal-words.ts'
import styles from './account.module.css'

const shortest = 10

export const PasswordPanel = () => {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const form = useForm({
    initialValues: { current: '', next: '' },
    validate: {
      current: (text) => (text === '' ? t('password.currentMissing') : null),
      next: (text) => (text.length < shortest ? t('password.short') : null),
    },
  })
  const save = async ({ current, next }: typeof form.values) => {
    if (busy) return
    setBusy(true)
    const answer = await changePassword(current, next)
    setBusy(false)
    if (answer.is === 'failed') {
      if (answer.code === 'INVALID_PASSWORD') form.setFieldError('current', t('password.wrong'))
      else setFailure(refusalWords(answer, t))
      return
    }
    form.reset()
    setOpened(false)
    setFailure(null)
    await queries.invalidateQueries({ queryKey: accountQuery.queryKey })
    tell(t('password.changed'))
  }
  const toggle = { 'aria-label': t('password.show') }
  return (
    <SectionPanel
      title={t('password.title')}
      intro={t('password.intro')}
      action={
        !opened && (
          <Button variant="default" onClick={() => setOpened(true)}>
            {t('password.change')}
          </Button>
        )
      }
    >
      {opened && (
        <form onSubmit={form.onSubmit((typed) => void save(typed))} noValidate>
          <Stack gap="md" className={styles['field'] ?? ''}>
            {failure !== null && <FailureNotice error={failure} />}
            <PasswordInput
              label={t('password.current')}
              autoComplete="current-password"
              visibilityToggleButtonProps={toggle}
              {...form.getInputProps('current')}
            />
            <PasswordInput
              label={t('password.next')}
              description={t('password.hint')}
              autoComplete="new-password"
              visibilityToggleButtonProps={toggle}
              {...form.getInputProps('next')}
            />
            <div>
              <Button type="submit" loading={busy}>
                {t('password.submit')}
              </Button>
            </div>
          </Stack>
        </form>
      )}
    </SectionPanel>
  )
}
