import { Stack } from '@mantine/core'
import { IconFileSearch, IconTool } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { useIntegration } from '../shell/integration.ts'
import { PreviewOf } from './preview-of.tsx'
import styles from './preview.module.css'
import { SalePicker } from './sale-picker.tsx'

const route = getRouteApi('/signed-in/i/$integrationId/preview')

/** Any sale as it would be booked at this moment, before anything is booked. */
export const PreviewPage = () => {
  const { t } = useTranslation('preview')
  const { name, webshop, accounting } = useIntegration()
  const { number = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const wish = useMemo(() => ({ sale: { number } }), [number])
  const ready = webshop.dot === 'green' && accounting.dot === 'green'
  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro', { system: accounting.title })} of={name} />
      {ready ? (
        <div className={styles['room']}>
          <SalePicker
            value={number}
            onPick={(wanted) => void navigate({ search: { number: wanted }, resetScroll: false })}
          />
          <div className={styles['result']}>
            {number === '' ? (
              <EmptyNotice
                icon={IconFileSearch}
                title={t('empty.title')}
                text={t('empty.text', { system: accounting.title })}
              />
            ) : (
              <PreviewOf key={number} wish={wish} />
            )}
          </div>
        </div>
      ) : (
        <EmptyNotice icon={IconTool} title={t('notReady.title')} text={t('notReady.text')} />
      )}
    </Stack>
  )
}
