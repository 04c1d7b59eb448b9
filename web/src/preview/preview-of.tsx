import { Button, Skeleton, Stack, Text } from '@mantine/core'
import { IconPrinter, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { previewQuery, type PreviewWish } from '../api/configuration.ts'
import { Failure } from '../api/failure.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useIntegration } from '../shell/integration.ts'
import { PreviewSheet } from './preview-sheet.tsx'
import styles from './preview.module.css'

interface Props {
  wish: PreviewWish
}

/** The preview of one sale, read from the shop while somebody looks. */
export const PreviewOf = ({ wish }: Props) => {
  const { t } = useTranslation('preview')
  const format = useFormat()
  const { id, webshop } = useIntegration()
  const query = useQuery(previewQuery(id, useLanguage(), wish))
  const { data, error, isFetching, dataUpdatedAt } = query
  const again = () => void query.refetch()
  if (error) return <FailureNotice error={error} retrying={isFetching} onRetry={again} />
  if (data === undefined) {
    return (
      <Stack gap="sm" role="status" aria-label={t('reading', { shop: webshop.title })}>
        <Skeleton h={56} />
        <Skeleton h={320} />
      </Stack>
    )
  }
  switch (data.is) {
    case 'gone':
      return <Text>{t('gone', { shop: webshop.title })}</Text>
    case 'unreachable':
      return (
        <FailureNotice
          error={new Failure(data.problem, 200)}
          retrying={isFetching}
          onRetry={again}
        />
      )
    case 'shown':
      return (
        <Stack gap="md" aria-busy={isFetching}>
          <div className={styles['tools']}>
            <span className={styles['quiet']}>
              {t('readAt', { shop: webshop.title, time: format.time(new Date(dataUpdatedAt)) })}
            </span>
            <span>
              <Button
                size="xs"
                variant="default"
                mr="xs"
                loading={isFetching}
                leftSection={<IconRefresh size={16} aria-hidden />}
                onClick={again}
              >
                {t('again')}
              </Button>
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPrinter size={16} aria-hidden />}
                onClick={() => window.print()}
              >
                {t('print')}
              </Button>
            </span>
          </div>
          <PreviewSheet shown={data} onChanged={again} />
        </Stack>
      )
  }
}
