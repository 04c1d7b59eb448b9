import {
  Button,
  Checkbox,
  CloseButton,
  Group,
  NativeSelect,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useId, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call, type Answer } from '../api/client.ts'
import { isChanged } from '../api/failure.ts'
import { useKeptKey } from '../api/kept-key.ts'
import { notificationsQuery } from '../api/queries.ts'
import { OutdatedNotice } from '../configuration/outdated-notice.tsx'
import { tell, tellFailure } from '../booking/tell.ts'
import { languages } from '../i18n/language.ts'
import { isAddress } from '../parts/address.ts'
import { useEdited } from '../parts/edited.ts'
import styles from './profile.module.css'

type Notifications = Answer<'GET /api/integrations/:integrationId/notifications'>

interface Props {
  integrationId: string
  kept: Notifications
  mayChange: boolean
}

const digests = ['daily', 'weekly', 'never'] as const
/** As the server takes them (src/merchants/notifications.ts). */
const addressesMax = 10

export const NotificationsForm = ({ integrationId, kept, mayChange }: Props) => {
  const { t } = useTranslation('profile')
  const listId = useId()
  const ask = useAsk()
  const queries = useQueryClient()
  const keptAs = useKeptKey(`notifications ${integrationId}`)
  const { unconfirmed, ...stored } = kept
  const edited = useEdited(keptAs, stored)
  const { values: wanted, was, outdated, change, drop } = edited
  const typing = useEdited(`${keptAs} address`, { address: '' })
  const { address } = typing.values
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)

  const add = (): string[] | null => {
    const typed = address.trim().toLowerCase()
    if (typed === '') return wanted.addresses
    if (!isAddress(typed)) {
      setWrong(t('mails.addressWrong'))
      return null
    }
    const addresses = [...new Set([...wanted.addresses, typed])]
    setWrong('')
    change({ addresses })
    typing.drop()
    return addresses
  }
  const save = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    // An address that was typed and not added yet is meant to be kept too.
    const addresses = add()
    if (addresses === null || busy) return
    setBusy(true)
    const said = await ask(() =>
      call('PUT /api/integrations/:integrationId/notifications', {
        params: { integrationId },
        body: { ...wanted, addresses, was },
      }),
    )
    setBusy(false)
    const { queryKey } = notificationsQuery(integrationId)
    if (said.is === 'answered') {
      queries.setQueryData(queryKey, said.answer)
      drop()
      tell(t('saved'))
    } else if (isChanged(said.error)) await queries.invalidateQueries({ queryKey })
    else tellFailure(said.error)
  }
  return (
    <form onSubmit={(event) => void save(event)} noValidate>
      <Stack gap="md">
        <NativeSelect
          className={styles['field'] ?? ''}
          label={t('mails.digest')}
          description={t('mails.digestHint')}
          disabled={!mayChange}
          value={wanted.digest}
          data={digests.map((value) => ({ value, label: t(`mails.digests.${value}`) }))}
          onChange={(event) => {
            const digest = digests.find((each) => each === event.currentTarget.value)
            if (digest) change({ digest })
          }}
        />
        <Checkbox
          label={t('mails.red')}
          disabled={!mayChange}
          checked={wanted.connectionRed}
          onChange={(event) => change({ connectionRed: event.currentTarget.checked })}
        />
        <div>
          {wanted.addresses.length > 0 && (
            <>
              <p className={styles['legend']} id={listId}>
                {t('mails.addresses')}
              </p>
              <ul className={styles['chips']} aria-labelledby={listId}>
                {wanted.addresses.map((each) => (
                  <li key={each} className={styles['chip']}>
                    {each}
                    {unconfirmed.includes(each) && (
                      <Text span size="sm" fs="italic">
                        {t('mails.unconfirmed')}
                      </Text>
                    )}
                    {mayChange && (
                      <CloseButton
                        size="sm"
                        radius="xl"
                        aria-label={t('mails.removeAddress', { address: each })}
                        onClick={() =>
                          change({ addresses: wanted.addresses.filter((other) => other !== each) })
                        }
                      />
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
          {mayChange && wanted.addresses.length < addressesMax && (
            <Group align="flex-end" gap="sm">
              <TextInput
                className={styles['field'] ?? ''}
                type="email"
                label={t('mails.address')}
                description={t('mails.addressHint')}
                autoComplete="off"
                value={address}
                error={wrong}
                onChange={(event) => typing.change({ address: event.currentTarget.value })}
              />
              <Button variant="default" onClick={add}>
                {t('mails.add')}
              </Button>
            </Group>
          )}
        </div>
        <NativeSelect
          className={styles['field'] ?? ''}
          label={t('mails.language')}
          disabled={!mayChange}
          value={wanted.language}
          data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(event) => {
            const language = languages.find((each) => each === event.currentTarget.value)
            if (language) change({ language })
          }}
        />
        {outdated && <OutdatedNotice handle={edited} />}
        {mayChange && (
          <div>
            <Button type="submit" loading={busy} disabled={outdated}>
              {t('save')}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  )
}
