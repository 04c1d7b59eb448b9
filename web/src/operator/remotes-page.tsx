import { Button, Stack, Text, Title } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { Moment } from '../parts/moment.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { Mark } from './mark.tsx'
import { remotesQuery, type Remote } from './operator-queries.ts'
import { useDeed } from './use-deed.ts'

/** The systems everybody talks to; one that is out of order can be left alone for all at once. */
export const RemotesPage = () => {
  const { t } = useTranslation('operator')
  const query = useQuery(remotesQuery())
  const { attempt } = useDeed()
  const [asked, setAsked] = useState<Remote>()
  const columns = useRemoteColumns(setAsked)
  const paused = asked?.pause != null
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('remotes.title')} intro={t('remotes.intro')} />
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={8} height={56} />
      ) : (
        (['webshop', 'accounting'] as const).map((side) => (
          <section key={side}>
            <Title order={2} mb="xs">
              {t(`remotes.${side}`)}
            </Title>
            <RowTable
              caption={t(`remotes.${side}`)}
              items={(query.data ?? []).filter((each) => each.side === side)}
              keyOf={({ system }) => system}
              columns={columns}
            />
          </section>
        ))
      )}
      <ReasonDialog
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={t(paused ? 'remotes.resumeTitle' : 'remotes.pauseTitle', { system: asked?.title })}
        text={t(paused ? 'remotes.resumeText' : 'remotes.pauseText', { system: asked?.title })}
        confirm={t(paused ? 'remotes.resume' : 'remotes.pause')}
        optional={paused}
        danger={!paused}
        onConfirm={(reason) =>
          attempt(() =>
            call(`POST /api/operator/remotes/:system/${paused ? 'resume' : 'pause'}`, {
              params: { system: asked?.system ?? '' },
              body: { reason },
            }),
          )
        }
      />
    </Stack>
  )
}

const useRemoteColumns = (onAsk: (remote: Remote) => void): Column<Remote>[] => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  return [
    { head: t('remotes.system'), cell: ({ title }) => <Text fw={600}>{title}</Text> },
    {
      head: t('remotes.state'),
      cell: ({ pause }) =>
        pause === null ? (
          t('remotes.running')
        ) : (
          <>
            <Mark tone="amber" icon={IconPlayerPause}>
              {t('remotes.paused')}
            </Mark>
            <Text size="sm" c="dimmed">
              {pause.reason} · {pause.by} · <Moment at={pause.at} />
            </Text>
          </>
        ),
    },
    {
      head: t('remotes.integrations'),
      numeric: true,
      cell: ({ integrations }) => format.count(integrations),
    },
    { head: t('remotes.red'), numeric: true, cell: ({ red }) => format.count(red) },
    { head: t('health.waiting'), numeric: true, cell: ({ waiting }) => format.count(waiting) },
    {
      head: t('remotes.deed'),
      cell: (remote) => (
        <Button
          size="xs"
          variant="default"
          leftSection={
            remote.pause === null ? (
              <IconPlayerPause size={16} aria-hidden />
            ) : (
              <IconPlayerPlay size={16} aria-hidden />
            )
          }
          onClick={() => onAsk(remote)}
        >
          {remote.pause === null ? t('remotes.pause') : t('remotes.resume')}
          <span className="visually-hidden">: {remote.title}</span>
        </Button>
      ),
    },
  ]
}
