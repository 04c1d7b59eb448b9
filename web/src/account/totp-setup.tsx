import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { confirmTotp } from '../api/session.ts'
import styles from './account.module.css'
import { BackupCodes } from './backup-codes.tsx'
import { QrCode } from './qr-code.tsx'
import { refusalWords } from './refusal-words.ts'

interface Props {
  totpURI: string
  backupCodes: readonly string[]
  onDone: () => void
  onCancel: () => void
}

/** Point the app at the code, keep the backup codes, and show that it works. */
export const TotpSetup = ({ totpURI, backupCodes, onDone, onCancel }: Props) => {
  const { t } = useTranslation('account')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    if (!/^\d{6}$/.test(code.replace(/\s/g, ''))) {
      setWrong(t('totp.codeMissing'))
      return
    }
    setBusy(true)
    const answer = await confirmTotp(code)
    setBusy(false)
    if (answer.is === 'done') onDone()
    else {
      const said = refusalWords(answer, t)
      setWrong(answer.failure.status === 401 ? t('totp.codeWrong') : said.text)
    }
  }
  return (
    <div className={styles['setup']}>
      <QrCode text={totpURI} label={t('totp.qr')} className={styles['code']} />
      <Stack gap="md">
        <div>
          <Text>{t('totp.scan')}</Text>
          <Text className={styles['secret'] ?? ''} mt={4}>
            {new URL(totpURI).searchParams.get('secret')}
          </Text>
        </div>
        <BackupCodes codes={backupCodes} />
        <form onSubmit={(event) => void submit(event)} noValidate>
          <TextInput
            className={styles['field'] ?? ''}
            label={t('totp.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            error={wrong}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Group mt="md">
            <Button type="submit" loading={busy}>
              {t('totp.confirm')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </Group>
        </form>
      </Stack>
    </div>
  )
}
