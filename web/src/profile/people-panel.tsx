import { Button, NativeSelect } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { meQuery, peopleQuery, type People, type Role } from '../api/queries.ts'
import { tell, tellFailure } from '../booking/tell.ts'
import { useLanguage } from '../i18n/language.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import rows from '../parts/row-list.module.css'
import { SectionPanel } from '../parts/section-panel.tsx'
import { InviteForm } from './invite-form.tsx'
import { OffersList } from './offers-list.tsx'
import { RemoveDialog } from './remove-dialog.tsx'
import { rolesWithin } from './roles.ts'

interface Props {
  merchantId: string
  merchant: string
  role: Role
}

type Person = People['people'][number]

/** Who has a seat here, with what role, and who was invited. */
export const PeoplePanel = ({ merchantId, merchant, role }: Props) => {
  const { t } = useTranslation('profile')
  const ask = useAsk()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const people = useQuery(peopleQuery(merchantId))
  const { data: me } = useQuery(meQuery(useLanguage()))
  const [leaving, setLeaving] = useState<Person | null>(null)
  const [busy, setBusy] = useState('')
  const mine = rolesWithin[role]
  const refresh = () => queries.invalidateQueries({ queryKey: peopleQuery(merchantId).queryKey })

  const change = async (userId: string, wanted: string) => {
    const chosen = mine.find((each) => each === wanted)
    if (chosen === undefined) return
    setBusy(userId)
    const said = await ask(() =>
      call('PATCH /api/merchants/:merchantId/people/:userId', {
        params: { merchantId, userId },
        body: { role: chosen },
      }),
    )
    setBusy('')
    if (said.is === 'failed') tellFailure(said.error)
    else tell(t('people.changed'))
    await refresh()
  }
  const remove = async ({ userId }: Person) => {
    const said = await ask(() =>
      call('DELETE /api/merchants/:merchantId/people/:userId', {
        params: { merchantId, userId },
      }),
    )
    setLeaving(null)
    if (said.is === 'failed') tellFailure(said.error)
    else if (userId === me?.user.id) {
      queries.clear()
      await navigate({ to: '/' })
      return
    } else tell(t('people.removed'))
    await refresh()
  }

  return (
    <SectionPanel title={t('people.title', { merchant })} intro={t('people.intro')}>
      <QueryFailure query={people} />
      {people.isPending && <ListLoading rows={3} />}
      <ul className={rows['rows']}>
        {people.data?.people.map((person) => {
          const { userId, name, email, role: theirs, secondFactor } = person
          const own = userId === me?.user.id
          return (
            <li key={userId} className={rows['row']}>
              <div className={rows['main']}>
                <div className={rows['title']}>
                  {name}
                  {own && <span className={rows['mark']}>{t('people.you')}</span>}
                  {secondFactor && (
                    <span className={rows['mark']} data-tone="green">
                      {t('people.secondFactor')}
                    </span>
                  )}
                </div>
                <div className={rows['small']}>{email}</div>
              </div>
              <div className={rows['actions']}>
                {mine.includes(theirs) && !own ? (
                  <NativeSelect
                    size="sm"
                    aria-label={t('people.roleOf', { name })}
                    value={theirs}
                    disabled={busy === userId}
                    data={mine.map((value) => ({ value, label: t(`role.${value}`) }))}
                    onChange={(event) => void change(userId, event.currentTarget.value)}
                  />
                ) : (
                  <span className={rows['mark']} data-tone="gray">
                    {t(`role.${theirs}`)}
                  </span>
                )}
                {(own || mine.includes(theirs)) && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={own ? t('people.leave') : t('people.removeOne', { name })}
                    onClick={() => setLeaving(person)}
                  >
                    {own ? t('people.leave') : t('people.remove')}
                  </Button>
                )}
              </div>
            </li>
          )
        })}
      </ul>
      {people.data && (
        <OffersList
          merchantId={merchantId}
          offers={people.data.offers}
          mayWithdraw={mine.length > 0}
        />
      )}
      {mine.length > 0 && <InviteForm merchantId={merchantId} roles={mine} />}
      <RemoveDialog
        person={leaving}
        own={leaving !== null && leaving.userId === me?.user.id}
        merchant={merchant}
        onClose={() => setLeaving(null)}
        onConfirm={remove}
      />
    </SectionPanel>
  )
}
