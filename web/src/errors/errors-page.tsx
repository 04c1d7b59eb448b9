import { Button, Group, Stack, Text } from '@mantine/core'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { causesQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PeriodChoice } from '../parts/period-choice.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { daysOf } from '../parts/period.ts'
import { useIntegration } from '../shell/integration.ts'
import { CauseGroup } from './cause-group.tsx'
import { CauseShares } from './cause-shares.tsx'
import { useStableOrder } from './stable-order.ts'

const route = getRouteApi('/signed-in/i/$integrationId/errors')

/** What was not booked, by cause: mend once, process together. */
export const ErrorsPage = () => {
  const { t } = useTranslation('errors')
  const { id, name } = useIntegration()
  const { cause: openCause, booking: _selected, ...chosen } = route.useSearch()
  const navigate = route.useNavigate()
  const period = daysOf(chosen, new Date())
  const query = useQuery(causesQuery(id, useLanguage(), period))
  const { error } = query
  const causes = useStableOrder(query.data ?? [], ({ problem }) => problem.code)
  const isNarrowed = chosen.period !== undefined
  const total = causes.reduce((all, { count }) => all + count, 0)

  const toggle = (code: string) =>
    void navigate({
      search: ({ cause, ...rest }) => (cause === code ? rest : { ...rest, cause: code }),
      replace: true,
      resetScroll: false,
    })

  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro')} of={name} />
      {(isNarrowed || total > 0) && (
        <Group gap="sm" role="search">
          <PeriodChoice
            value={chosen}
            onChange={(next) =>
              void navigate({
                search: ({ cause, booking }) => ({
                  ...(cause && { cause }),
                  ...(booking && { booking }),
                  ...next,
                }),
                resetScroll: false,
              })
            }
          />
          {total > 0 && <Text c="dimmed">{t('total', { count: total })}</Text>}
        </Group>
      )}
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={5} height={132} />
      ) : causes.length > 0 ? (
        <Stack gap="md">
          {causes.length > 1 && <CauseShares counts={causes.map(({ count }) => count)} />}
          {causes.map((cause) => (
            <CauseGroup
              key={cause.problem.code}
              cause={cause}
              period={period}
              isOpen={cause.problem.code === openCause}
              onToggle={() => toggle(cause.problem.code)}
            />
          ))}
        </Stack>
      ) : error ? null : isNarrowed ? (
        <EmptyNotice icon={IconSearchOff} title={t('noMatch.title')} text={t('noMatch.text')}>
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            {t('noMatch.clear')}
          </Button>
        </EmptyNotice>
      ) : (
        <EmptyNotice icon={IconCircleCheck} title={t('empty.title')} text={t('empty.text')} />
      )}
    </Stack>
  )
}
