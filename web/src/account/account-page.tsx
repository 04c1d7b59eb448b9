import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { accountQuery } from '../api/queries.ts'
import { knowsPasskeys } from '../api/session.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import shell from '../shell/frame.module.css'
import styles from './account.module.css'
import { NamePanel } from './name-panel.tsx'
import { PasskeysPanel } from './passkeys-panel.tsx'
import { PasswordPanel } from './password-panel.tsx'
import { SessionsPanel } from './sessions-panel.tsx'
import { TokensPanel } from './tokens-panel.tsx'
import { TotpPanel } from './totp-panel.tsx'

/** A person's own account: who they are, how they get in, where they are, and what works in their name. */
export const AccountPage = () => {
  const { t } = useTranslation('account')
  const account = useQuery(accountQuery)
  useDocumentTitle(`${t('title')} · Doorvoer`)
  const { data } = account
  return (
    <main id="content" className={shell['main']} tabIndex={-1}>
      <div className={styles['column']}>
        <Title order={1} mb="md">
          {t('title')}
        </Title>
        <QueryFailure query={account} />
        {account.isPending && <ListLoading rows={5} height={96} />}
        {data && (
          <>
            <NamePanel name={data.name} email={data.email} />
            <PasswordPanel />
            <TotpPanel on={data.totp} />
            {(knowsPasskeys() || data.passkeys.length > 0) && (
              <PasskeysPanel passkeys={data.passkeys} />
            )}
            <SessionsPanel sessions={data.sessions} />
            <TokensPanel tokens={data.tokens} />
          </>
        )}
      </div>
    </main>
  )
}
