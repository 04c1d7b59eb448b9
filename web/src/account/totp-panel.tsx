import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountQuery } from '../api/queries.ts'
import { beginTotp, endTotp, newBackupCodes } from '../api/session.ts'
import { tell } from '../booking/tell.ts'
import { SectionPanel } from '../parts/section-panel.tsx'
import rows from '../parts/row-list.module.css'
import { BackupCodes } from './backup-codes.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { TotpSetup } from './totp-setup.tsx'

interface Props {
  on: boolean
}

type Asking = 'begin' | 'end' | 'codes' | null

/** The authenticator app: set it up with a code, or take it off again. */
export const TotpPanel = ({ on }: Props) => {
  const { t } = useTranslation('account')
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking>(null)
  const [setup, setSetup] = useState<{ totpURI: string; backupCodes: string[] } | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const refresh = () => queries.invalidateQueries({ queryKey: accountQuery.queryKey })
  const close = () => setAsking(null)
  return (
    <SectionPanel
      title={t('totp.title')}
      intro={t('totp.intro')}
      action={
        setup === null &&
        (on ? (
          <Group gap="sm">
            <span className={rows['mark']} data-tone="green">
              {t('totp.on')}
            </span>
            <Button variant="default" onClick={() => setAsking('codes')}>
              {t('totp.newCodes')}
            </Button>
            <Button variant="default" onClick={() => setAsking('end')}>
              {t('totp.end')}
            </Button>
          </Group>
        ) : (
          <Button variant="default" onClick={() => setAsking('begin')}>
            {t('totp.begin')}
          </Button>
        ))
      }
    >
      {setup && (
        <TotpSetup
          {...setup}
          onDone={() => {
            setSetup(null)
            void refresh()
            tell(t('totp.isOn'))
          }}
          onCancel={() => setSetup(null)}
        />
      )}
      {codes && <BackupCodes codes={codes} />}
      <PasswordDialog
        title={t('totp.begin')}
        text={t('totp.askBegin')}
        confirm={t('goOn')}
        opened={asking === 'begin'}
        onClose={close}
        act={beginTotp}
        onDone={(begun) => {
          setSetup(begun)
          close()
        }}
      />
      <PasswordDialog
        title={t('totp.newCodes')}
        text={t('totp.askCodes')}
        confirm={t('goOn')}
        opened={asking === 'codes'}
        onClose={close}
        act={newBackupCodes}
        onDone={({ backupCodes }) => {
          setCodes(backupCodes)
          close()
        }}
      />
      <PasswordDialog
        title={t('totp.end')}
        text={t('totp.askEnd')}
        confirm={t('totp.end')}
        opened={asking === 'end'}
        onClose={close}
        act={endTotp}
        onDone={() => {
          setCodes(null)
          close()
          void refresh()
          tell(t('totp.isOff'))
        }}
      />
    </SectionPanel>
  )
}
