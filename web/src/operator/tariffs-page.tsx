import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconCalendarPlus, IconCircleCheck, IconClock, IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { Day } from '../parts/day.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { tariffsQuery, termsQuery, type Tariff, type TermsVersion } from './billing-queries.ts'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { Euros } from './euros.tsx'
import { Mark } from './mark.tsx'
import { standingOf } from './tariff-standing.ts'
import { TariffDialog } from './tariff-dialog.tsx'

const marks = {
  coming: { tone: 'petrol', icon: IconClock },
  current: { tone: 'green', icon: IconCircleCheck },
  past: { tone: 'gray', icon: IconHistory },
} as const

/** What is asked for what, from which day on; and the versions of the terms. */
export const TariffsPage = () => {
  const { t } = useTranslation('operator')
  return (
    <Stack gap="xl">
      <ConsoleHead title={t('tariffs.title')} intro={t('tariffs.intro')} />
      <Tariffs />
      <Terms />
    </Stack>
  )
}

const Tariffs = () => {
  const { t } = useTranslation('operator')
  const query = useQuery(tariffsQuery())
  const [asking, setAsking] = useState(false)
  const tariffs = query.data ?? []
  const columns: Column<Tariff>[] = [
    {
      head: t('tariffs.service'),
      cell: ({ service }) => (
        <>
          <Text fw={600}>{t(`service.${service}`)}</Text>
          <Text size="sm" c="dimmed">
            {t(`tariffs.per.${service}`)}
          </Text>
        </>
      ),
    },
    { head: t('tariffs.from'), cell: ({ fromOn }) => <Day day={fromOn} /> },
    { head: t('tariffs.price'), numeric: true, cell: ({ cents }) => <Euros cents={cents} /> },
    {
      head: t('health.state'),
      cell: (tariff) => {
        const standing = standingOf(tariff, tariffs)
        return <Mark {...marks[standing]}>{t(`tariffs.${standing}`)}</Mark>
      },
    },
  ]
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('tariffs.list')}</Title>
        <Button
          variant="default"
          leftSection={<IconCalendarPlus size={18} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {t('tariffs.set')}
        </Button>
      </Group>
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={3} height={56} />
      ) : (
        <RowTable
          caption={t('tariffs.list')}
          items={tariffs}
          keyOf={({ service, fromOn }) => `${service} ${fromOn}`}
          columns={columns}
        />
      )}
      {asking && <TariffDialog tariffs={tariffs} onClose={() => setAsking(false)} />}
    </section>
  )
}

const Terms = () => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  const query = useQuery(termsQuery())
  const columns: Column<TermsVersion>[] = [
    { head: t('terms.version'), cell: ({ version }) => <Day day={version} /> },
    {
      head: t('health.state'),
      cell: ({ state }) => <Mark {...marks[state]}>{t(`terms.${state}`)}</Mark>,
    },
    {
      head: t('terms.integrations'),
      numeric: true,
      cell: ({ integrations }) => format.count(integrations),
    },
    {
      head: t('terms.hash'),
      cell: ({ hashes }) => (
        <code title={`nl ${hashes.nl}\nen ${hashes.en}`}>
          nl {hashes.nl.slice(0, 8)} · en {hashes.en.slice(0, 8)}
        </code>
      ),
    },
  ]
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('terms.title')}</Title>
        <Anchor href="/terms" target="_blank" underline="always">
          {t('terms.read')}
        </Anchor>
      </Group>
      <Text c="dimmed" mb="sm">
        {t('terms.intro')}
        {(query.data?.without ?? 0) > 0 &&
          ` ${t('terms.without', { count: query.data?.without ?? 0 })}`}
      </Text>
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={2} height={56} />
      ) : (
        <RowTable
          caption={t('terms.title')}
          items={query.data?.versions ?? []}
          keyOf={({ version }) => version}
          columns={columns}
        />
      )}
    </section>
  )
}
