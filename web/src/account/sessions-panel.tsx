import { Button, Group } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call, type Request } from '../api/client.ts'
import { accountQuery, type Account } from '../api/queries.ts'
import { tell, tellFailure } from '../booking/tell.ts'
import { Moment } from '../parts/moment.tsx'
import rows from '../parts/row-list.module.css'
import { SectionPanel } from '../parts/section-panel.tsx'
import { browserIn } from './browser-in.ts'

interface Props {
  sessions: Account['sessions']
}

type Ending = Request<'POST /api/account/sessions/end'>['body']

/** Where somebody is signed in, and the ways to be so no longer. */
export const SessionsPanel = ({ sessions }: Props) => {
  const { t } = useTranslation('account')
  const ask = useAsk()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [busy, setBusy] = useState('')
  const end = async (what: string, body: Ending) => {
    setBusy(what)
    const said = await ask(() => call('POST /api/account/sessions/end', { body }))
    setBusy('')
    if (said.is === 'failed') {
      tellFailure(said.error)
      return
    }
    if (what === 'all') {
      await navigate({ to: '/sign-in', search: {} })
      queries.clear()
      return
    }
    await queries.invalidateQueries({ queryKey: accountQuery.queryKey })
    tell(t('sessions.ended'))
  }
  return (
    <SectionPanel
      title={t('sessions.title')}
      intro={t('sessions.intro')}
      action={
        <Group gap="sm">
          {sessions.length > 1 && (
            <Button
              variant="default"
              loading={busy === 'others'}
              onClick={() => void end('others', { which: 'others' })}
            >
              {t('sessions.endOthers')}
            </Button>
          )}
          <Button
            variant="default"
            loading={busy === 'all'}
            onClick={() => void end('all', { which: 'all' })}
          >
            {t('sessions.endAll')}
          </Button>
        </Group>
      }
    >
      <ul className={rows['rows']}>
        {sessions.map(({ id, current, createdAt, userAgent, ipAddress }) => {
          const browser = browserIn(userAgent) ?? t('sessions.unknown')
          return (
            <li key={id} className={rows['row']}>
              <div className={rows['main']}>
                <div className={rows['title']}>
                  {browser}
                  {current && <span className={rows['mark']}>{t('sessions.current')}</span>}
                </div>
                <div className={rows['small']}>
                  {t('since')} <Moment at={createdAt} />
                  {ipAddress !== '' && ` · ${ipAddress}`}
                </div>
              </div>
              {!current && (
                <Button
                  size="xs"
                  variant="default"
                  loading={busy === id}
                  aria-label={t('sessions.endOne', { browser })}
                  onClick={() => void end(id, { sessionId: id })}
                >
                  {t('sessions.end')}
                </Button>
              )}
            </li>
          )
        })}
      </ul>
    </SectionPanel>
  )
}
