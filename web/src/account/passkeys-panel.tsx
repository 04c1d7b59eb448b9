import { Button, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { accountQuery, type Account } from '../api/queries.ts'
import { addPasskey, knowsPasskeys, removePasskey } from '../api/session.ts'
import { tell } from '../booking/tell.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Moment } from '../parts/moment.tsx'
import rows from '../parts/row-list.module.css'
import { SectionPanel } from '../parts/section-panel.tsx'
import styles from './account.module.css'
import { refusalWords } from './refusal-words.ts'

interface Props {
  passkeys: Account['passkeys']
}

/** Passkeys: a fingerprint, a face or the lock of a phone instead of password and code. */
export const PasskeysPanel = ({ passkeys }: Props) => {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const [name, setName] = useState('')
  const [busy, setBusy] = useState('')
  const [failure, setFailure] = useState<unknown>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: accountQuery.queryKey })

  const add = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy !== '') return
    setBusy('add')
    const answer = await addPasskey(name.trim() === '' ? t('passkeys.standardName') : name.trim())
    setBusy('')
    if (answer.is === 'failed') {
      setFailure(/CANCEL|ABORT/.test(answer.code) ? null : refusalWords(answer, t))
      return
    }
    setName('')
    setFailure(null)
    await refresh()
    tell(t('passkeys.added'))
  }
  const remove = async (id: string) => {
    setBusy(id)
    const answer = await removePasskey(id)
    setBusy('')
    setFailure(answer.is === 'failed' ? refusalWords(answer, t) : null)
    await refresh()
  }
  return (
    <SectionPanel title={t('passkeys.title')} intro={t('passkeys.intro')}>
      {failure !== null && <FailureNotice error={failure} />}
      {passkeys.length > 0 && (
        <ul className={rows['rows']}>
          {passkeys.map(({ id, name: label, createdAt }) => (
            <li key={id} className={rows['row']}>
              <div className={rows['main']}>
                <div className={rows['title']}>{label || t('passkeys.standardName')}</div>
                {createdAt && (
                  <div className={rows['small']}>
                    {t('since')} <Moment at={createdAt} />
                  </div>
                )}
              </div>
              <Button
                size="xs"
                variant="default"
                loading={busy === id}
                aria-label={t('passkeys.removeOne', { name: label })}
                onClick={() => void remove(id)}
              >
                {t('remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {knowsPasskeys() && (
        <form onSubmit={(event) => void add(event)} noValidate>
          <TextInput
            mt={passkeys.length > 0 ? 'md' : 0}
            className={styles['field'] ?? ''}
            label={t('passkeys.name')}
            description={t('passkeys.nameHint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" mt="sm" variant="default" loading={busy === 'add'}>
            {t('passkeys.add')}
          </Button>
        </form>
      )}
    </SectionPanel>
  )
}
