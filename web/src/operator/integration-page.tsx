import { Group, Stack, Text, Title } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import facts from '../booking/facts.module.css'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { Moment, Relative } from '../parts/moment.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { AlarmList } from './alarm-list.tsx'
import { ConsoleHead } from './console-head.tsx'
import { useDuration } from './duration.ts'
import { Ends } from './ends.tsx'
import { IntegrationDeeds } from './integration-deeds.tsx'
import { InboxList } from './inbox-list.tsx'
import styles from './integration-page.module.css'
import { LogList } from './log-list.tsx'
import { integrationQuery, type IntegrationDetail } from './operator-queries.ts'

const route = getRouteApi('/operator/integrations/$integrationId')

/** One integration, measured at this moment, with what was done about it. */
export const IntegrationPage = () => {
  const { t } = useTranslation('operator')
  const { integrationId } = route.useParams()
  const query = useQuery(integrationQuery(integrationId, useLanguage()))
  const missing = query.error instanceof Failure && [400, 404].includes(query.error.status)
  if (missing) {
    return (
      <EmptyNotice
        order={1}
        icon={IconPlugConnectedX}
        title={t('detail.missing')}
        text={t('detail.missingText')}
      />
    )
  }
  if (query.data) return <Detail {...query.data} />
  return query.error ? <QueryFailure query={query} /> : <ListLoading rows={6} height={88} />
}

const Detail = ({ health, ...detail }: IntegrationDetail) => {
  const { t } = useTranslation('operator')
  const { name, merchant } = health

  return (
    <Stack gap="xl">
      <div>
        <ConsoleHead
          title={name}
          intro={[merchant, t(`state.${health.state}`)].filter((each) => each !== '').join(' · ')}
        />
        <Group mt="sm" justify="space-between">
          <Ends webshop={health.webshop} accounting={health.accounting} />
          <IntegrationDeeds health={health} />
        </Group>
      </div>
      <Measures health={health} {...detail} />
      {detail.alarms.length > 0 && (
        <Room title={t('alarms.title')}>
          <AlarmList alarms={detail.alarms} />
        </Room>
      )}
      <Connections connections={detail.connections} />
      {detail.causes.length > 0 && (
        <Room title={t('detail.causes')}>
          <ul className={`${panel['panel'] ?? ''} ${styles['lines'] ?? ''}`}>
            {detail.causes.map(({ problem, count }) => (
              <li key={problem.code}>
                <span>{problem.text}</span>
                <CodeMark code={problem.code} />
                <strong>{count}</strong>
              </li>
            ))}
          </ul>
        </Room>
      )}
      {detail.tickets.length > 0 && (
        <Room title={t('tickets.title')}>
          <InboxList tickets={detail.tickets} />
        </Room>
      )}
      {detail.log.length > 0 && (
        <Room title={t('log.title')}>
          <LogList lines={detail.log} />
        </Room>
      )}
    </Stack>
  )
}

const Room = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <Title order={2} mb="xs">
      {title}
    </Title>
    {children}
  </section>
)

const Measures = ({
  health,
  poll,
  restUntil,
  createdAt,
  configuredAt,
}: Pick<IntegrationDetail, 'health' | 'poll' | 'restUntil' | 'createdAt' | 'configuredAt'>) => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  const duration = useDuration()
  const when = (at: string | null) => at && <Relative at={at} />
  const shown: [string, ReactNode][] = [
    [t('health.lastSeen'), when(health.lastSeenAt) ?? t('detail.never')],
    [t('health.lastBooked'), when(health.lastBookedAt) ?? t('detail.never')],
    [t('health.lag'), health.lagSeconds === 0 ? t('detail.none') : duration(health.lagSeconds)],
    [t('health.waiting'), format.count(health.waiting)],
    [t('health.uncertain'), format.count(health.uncertain)],
    [t('health.refused'), format.count(health.refused)],
    [t('health.bookedWeek'), format.count(health.bookedWeek)],
    [
      t('health.errorRate'),
      health.errorRate === null ? '–' : format.percent((health.errorRate * 100).toFixed(1)),
    ],
    [t('detail.poll'), when(poll.finishedAt) ?? when(poll.startedAt) ?? t('detail.never')],
    [t('detail.rest'), when(restUntil)],
    [t('detail.created'), <Moment key="created" at={createdAt} />],
    [t('detail.configured'), configuredAt && <Moment at={configuredAt} />],
  ]
  return (
    <section
      className={`${panel['panel'] ?? ''} ${styles['measures'] ?? ''}`}
      aria-label={t('detail.measures')}
    >
      <dl className={facts['facts']}>
        {shown
          .filter(([, value]) => value !== null)
          .map(([head, value]) => (
            <div key={head}>
              <dt>{head}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}

const Connections = ({ connections }: Pick<IntegrationDetail, 'connections'>) => {
  const { t } = useTranslation('operator')
  const broken = connections.filter(({ problem }) => problem !== null)
  if (broken.length === 0) return null
  return (
    <Room title={t('detail.connections')}>
      <ul className={`${panel['panel'] ?? ''} ${styles['lines'] ?? ''}`}>
        {broken.map(({ side, title, problem, checkedAt }) => (
          <li key={side}>
            <span>
              <strong>{title}</strong>: {problem?.text} {problem?.remedy}
              {checkedAt !== null && (
                <Text size="sm" c="dimmed">
                  {t('detail.checked')} <Moment at={checkedAt} />
                </Text>
              )}
            </span>
            <CodeMark code={problem?.code ?? ''} />
          </li>
        ))}
      </ul>
    </Room>
  )
}
