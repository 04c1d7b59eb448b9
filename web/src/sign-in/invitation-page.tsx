import { Button, Stack, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { maybeMeQuery, type Me } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { secretOfPage } from '../parts/fragment.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { Door } from './door.tsx'

interface TakeProps {
  token: string
}

/** Somebody is signed in: one button, with the name of whose account it becomes. */
const TakeSignedIn = ({ token, me }: TakeProps & { me: Me }) => {
  const { t } = useTranslation('signIn')
  const ask = useAsk()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const take = async () => {
    setBusy(true)
    const said = await ask(() => call('POST /api/seat-offer/accept', { body: { token } }))
    setBusy(false)
    if (said.is === 'failed') {
      setFailure(said.error)
      return
    }
    queries.clear()
    await navigate({ to: '/', replace: true })
  }
  return (
    <Stack gap="md">
      {failure !== null && <FailureNotice error={failure} />}
      <Button size="md" loading={busy} onClick={() => void take()}>
        {t('invitation.accept', { email: me.user.email })}
      </Button>
    </Stack>
  )
}

/** Nobody is signed in and the address is new: a name, and on to the password. */
const Join = ({ token }: TakeProps) => {
  const { t } = useTranslation('signIn')
  const ask = useAsk()
  const language = useLanguage()
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() === '' || busy) return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/seat-offer/join', { body: { token, name: name.trim(), language } }),
    )
    if (said.is === 'answered') {
      const { pathname, hash } = new URL(said.answer.passwordUrl)
      window.location.assign(pathname + hash)
      return
    }
    setFailure(said.error)
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        {failure !== null && <FailureNotice error={failure} />}
        <TextInput
          size="md"
          label={t('invitation.name')}
          autoComplete="name"
          value={name}
          error={missing && t('invitation.nameMissing')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={busy}>
          {t('invitation.join')}
        </Button>
      </Stack>
    </form>
  )
}

/** Where the link of an invitation leads. */
export const InvitationPage = () => {
  const { t } = useTranslation('signIn')
  const navigate = useNavigate()
  const [token] = useState(secretOfPage)
  const { data: me } = useQuery(maybeMeQuery(useLanguage()))
  const offer = useQuery({
    queryKey: ['seat-offer', token],
    queryFn: ({ signal }) => call('POST /api/seat-offer', { body: { token } }, signal),
    staleTime: Infinity,
  })
  if (offer.error) {
    return (
      <Door title={t('invitation.title')}>
        <FailureNotice error={offer.error} />
      </Door>
    )
  }
  if (offer.data === undefined || me === undefined) {
    return (
      <Door title={t('invitation.title')}>
        <ListLoading rows={2} />
      </Door>
    )
  }
  const { merchant, role, email, known } = offer.data
  return (
    <Door
      title={t('invitation.titleOf', { merchant })}
      intro={t(`invitation.role.${role}`, { merchant })}
    >
      {me !== null ? (
        <TakeSignedIn token={token} me={me} />
      ) : known ? (
        <Button
          size="md"
          onClick={() =>
            void navigate({ to: '/sign-in', search: { back: `/invitation#${token}`, email } })
          }
        >
          {t('invitation.signIn', { email })}
        </Button>
      ) : (
        <Join token={token} />
      )}
    </Door>
  )
}
