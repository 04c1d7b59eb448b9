import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { peopleQuery, type People } from '../api/queries.ts'
import { tellFailure } from '../booking/tell.ts'
import { Relative } from '../parts/moment.tsx'
import rows from '../parts/row-list.module.css'

interface Props {
  merchantId: string
  offers: People['offers']
  mayWithdraw: boolean
}

/** Invitations that nobody has taken yet. */
export const OffersList = ({ merchantId, offers, mayWithdraw }: Props) => {
  const { t } = useTranslation('profile')
  const ask = useAsk()
  const queries = useQueryClient()
  const [busy, setBusy] = useState('')
  const withdraw = async (offerId: string) => {
    setBusy(offerId)
    const said = await ask(() =>
      call('DELETE /api/merchants/:merchantId/offers/:offerId', {
        params: { merchantId, offerId },
      }),
    )
    setBusy('')
    if (said.is === 'failed') tellFailure(said.error)
    await queries.invalidateQueries({ queryKey: peopleQuery(merchantId).queryKey })
  }
  if (offers.length === 0) return null
  return (
    <ul className={rows['rows']} aria-label={t('offers.title')}>
      {offers.map(({ id, email, role, expiresAt }) => (
        <li key={id} className={rows['row']}>
          <div className={rows['main']}>
            <div className={rows['title']}>
              {email}
              <span className={rows['mark']} data-tone="gray">
                {t('offers.waiting')}
              </span>
            </div>
            <div className={rows['small']}>
              {t(`role.${role}`)} · {t('offers.expires')} <Relative at={expiresAt} />
            </div>
          </div>
          {mayWithdraw && (
            <Button
              size="xs"
              variant="default"
              loading={busy === id}
              aria-label={t('offers.withdrawOne', { email })}
              onClick={() => void withdraw(id)}
            >
              {t('offers.withdraw')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
