import { Button, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { accountQuery, type Account } from '../api/queries.ts'
import { tell, tellFailure } from '../booking/tell.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Moment } from '../parts/moment.tsx'
import rows from '../parts/row-list.module.css'
import { SectionPanel } from '../parts/section-panel.tsx'
import styles from './account.module.css'
import { TokenForm } from './token-form.tsx'

interface Props {
  tokens: Account['tokens']
}

/** Tokens for programs that work in somebody's name. */
export const TokensPanel = ({ tokens }: Props) => {
  const { t } = useTranslation('account')
  const ask = useAsk()
  const queries = useQueryClient()
  const [making, setMaking] = useState(false)
  const [fresh, setFresh] = useState<string | null>(null)
  const [busy, setBusy] = useState('')
  const refresh = () => queries.invalidateQueries({ queryKey: accountQuery.queryKey })
  const revoke = async (tokenId: string) => {
    setBusy(tokenId)
    const said = await ask(() =>
      call('DELETE /api/account/tokens/:tokenId', { params: { tokenId } }),
    )
    setBusy('')
    if (said.is === 'failed') tellFailure(said.error)
    else tell(t('tokens.revoked'))
    await refresh()
  }
  return (
    <SectionPanel
      title={t('tokens.title')}
      intro={t('tokens.intro')}
      action={
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('tokens.make')}
        </Button>
      }
    >
      {fresh !== null && (
        <div className={styles['fresh']} role="status">
          <div>
            <Text fw={600}>{t('tokens.fresh')}</Text>
            <Text className={styles['secret'] ?? ''}>{fresh}</Text>
          </div>
          <CopyButton text={fresh} />
        </div>
      )}
      {tokens.length > 0 && (
        <ul className={rows['rows']}>
          {tokens.map(({ id, name, hint, scopes, expiresAt, lastUsedAt }) => (
            <li key={id} className={rows['row']}>
              <div className={rows['main']}>
                <div className={rows['title']}>
                  {name} <span className={rows['small']}>…{hint}</span>
                </div>
                <div className={rows['small']}>
                  {scopes.map((scope) => t(`tokens.scope.${scope}`)).join(', ')} ·{' '}
                  {lastUsedAt ? (
                    <>
                      {t('tokens.used')} <Moment at={lastUsedAt} />
                    </>
                  ) : (
                    t('tokens.neverUsed')
                  )}
                  {expiresAt && (
                    <>
                      {' '}
                      · {t('tokens.until')} <Moment at={expiresAt} />
                    </>
                  )}
                </div>
              </div>
              <Button
                size="xs"
                variant="default"
                loading={busy === id}
                aria-label={t('tokens.revokeOne', { name })}
                onClick={() => void revoke(id)}
              >
                {t('tokens.revoke')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <TokenForm
        opened={making}
        onClose={() => setMaking(false)}
        onMade={(token) => {
          setFresh(token)
          setMaking(false)
          void refresh()
        }}
      />
    </SectionPanel>
  )
}
