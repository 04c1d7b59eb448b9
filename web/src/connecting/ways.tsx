import { Stack, Text } from '@mantine/core'
import { IconLoader2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Configuration, FormField, Side } from '../api/configuration.ts'
import { meQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { More } from '../parts/more.tsx'
import { useIntegration } from '../shell/integration.ts'
import { ConnectForm } from './connect-form.tsx'
import styles from './connection-panel.module.css'
import { CopyField } from './copy-field.tsx'
import type { Connecting } from './use-connect.ts'
import { useSignIn } from './use-sign-in.ts'

interface Props {
  side: Side
  configuration: Configuration
  connecting: Connecting
  onCancel?: (() => void) | undefined
}

/** What is asked before signing in: everything the form has, or only what the remote needs to be found. */
const beforeSignIn = (fields: readonly FormField[], byHand: boolean): FormField[] =>
  byHand
    ? fields.filter(({ kind }) => kind !== 'secret').map((field) => ({ ...field, advanced: true }))
    : [...fields]

/** Every way to connect one end that is possible here, the easiest first. */
export const Ways = ({ side, configuration, connecting, onCancel }: Props) => {
  const { t } = useTranslation('connecting')
  const { id } = useIntegration()
  const { data: me } = useQuery(meQuery(useLanguage()))
  const end = configuration[side]
  const { ways, system } = end
  const signingIn = useSignIn(id, side, system.id, connecting.refresh)
  const keptAs = `connect ${me?.user.id ?? ''} ${id} ${side}`
  const hasOther = ways.signIn || ways.store || ways.activation !== null

  const form = ways.form && (
    <ConnectForm
      keptAs={keptAs}
      end={end}
      fields={system.credentials}
      action={t(end.hasCredentials ? 'reconnect' : 'connect')}
      busy={connecting.busy === 'connect'}
      failure={connecting.failure}
      onSubmit={connecting.connect}
      onCancel={onCancel}
    />
  )
  return (
    <Stack gap="md">
      {ways.signIn && (
        <>
          <ConnectForm
            keptAs={`${keptAs} sign-in`}
            end={end}
            fields={beforeSignIn(system.credentials, ways.form)}
            action={t('signIn', { system: system.title })}
            busy={signingIn.state === 'opening'}
            failure={signingIn.failure}
            onSubmit={async (values) => {
              await signingIn.begin(values)
              // Kept until the remote has said yes.
              return false
            }}
            onCancel={ways.form ? undefined : onCancel}
          />
          {signingIn.state === 'waiting' && (
            <Waiting text={t('waitingWindow', { system: system.title })} />
          )}
          {signingIn.state === 'closed' && end.dot !== 'green' && (
            <Text role="status">{t('windowClosed')}</Text>
          )}
          {signingIn.failure !== undefined && <FailureNotice error={signingIn.failure} />}
        </>
      )}
      {ways.store && (
        <>
          <Text>{t('store', { system: system.title })}</Text>
          <Waiting text={t('waitingStore', { system: system.title })} />
        </>
      )}
      {hasOther && form ? (
        ways.activation === null ? (
          <More label={t('byHand')} opened={connecting.failure !== undefined}>
            {form}
          </More>
        ) : (
          <>
            {form}
            <More label={t('activation.label')}>
              <Stack gap="sm">
                <Text>{t('activation.text')}</Text>
                <CopyField label={t('activation.callback')} value={ways.activation.callbackUrl} />
                <CopyField label={t('activation.identity')} value={ways.activation.identityUrl} />
                {configuration.licenceKey !== null && (
                  <CopyField label={t('activation.licence')} value={configuration.licenceKey} />
                )}
                <Waiting text={t('waitingShop')} />
              </Stack>
            </More>
          </>
        )
      ) : (
        form
      )}
    </Stack>
  )
}

interface WaitingProps {
  text: string
}

const Waiting = ({ text }: WaitingProps) => (
  <p className={styles['waiting']} role="status">
    <IconLoader2 size={18} aria-hidden />
    {text}
  </p>
)
