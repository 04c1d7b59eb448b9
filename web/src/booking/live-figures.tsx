import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import { figuresQuery, type Figures } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useIntegration } from '../shell/integration.ts'
import { ReadFigures } from './read-figures.tsx'

interface Props {
  bookingId: string
}

/** The sale's own figures, fetched from the shop while somebody looks and kept nowhere. */
export const LiveFigures = ({ bookingId }: Props) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const { id, webshop } = useIntegration()
  const query = useQuery(figuresQuery(id, bookingId, useLanguage()))
  const { data, error, isFetching, dataUpdatedAt } = query
  const again = () => void query.refetch()
  const readable = data?.is === 'read'

  return (
    <section aria-busy={isFetching}>
      <Group justify="space-between" align="flex-start" gap="md" mb="md" wrap="nowrap">
        <div>
          <Title order={2}>{t('figures.title', { shop: webshop.title })}</Title>
          <Text size="sm" c="dimmed">
            {readable
              ? t('figures.readAt', { time: format.time(new Date(dataUpdatedAt)) })
              : t('figures.live')}
          </Text>
        </div>
        {readable && (
          <Button
            size="xs"
            variant="default"
            loading={isFetching}
            flex="none"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={again}
          >
            {t('figures.again')}
          </Button>
        )}
      </Group>
      {data ? (
        <Content figures={data} shop={webshop.title} busy={isFetching} onAgain={again} />
      ) : error ? (
        <FailureNotice error={error} retrying={isFetching} onRetry={again} />
      ) : (
        <Stack gap="sm" role="status" aria-label={t('figures.reading', { shop: webshop.title })}>
          <Skeleton h={56} />
          <Skeleton h={140} />
          <Skeleton h={96} />
        </Stack>
      )}
    </section>
  )
}

interface ContentProps {
  figures: Figures
  shop: string
  busy: boolean
  onAgain: () => void
}

const Content = ({ figures, shop, busy, onAgain }: ContentProps) => {
  const { t } = useTranslation('booking')
  switch (figures.is) {
    case 'read':
      return <ReadFigures figures={figures} />
    case 'gone':
      return (
        <Stack gap={4}>
          <Text fw={600}>{t('figures.gone.title')}</Text>
          <Text>{t('figures.gone.text', { shop })}</Text>
        </Stack>
      )
    case 'unreachable':
      return (
        <FailureNotice
          error={new Failure(figures.problem, 200)}
          retrying={busy}
          onRetry={onAgain}
        />
      )
  }
}
