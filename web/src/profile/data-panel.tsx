import { Button, Group } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import { SectionPanel } from '../parts/section-panel.tsx'
import { DeleteDialog } from './delete-dialog.tsx'

interface Props {
  merchantId: string
  merchant: string
  mayDelete: boolean
}

/** Everything that is kept: to take along, and to have deleted. */
export const DataPanel = ({ merchantId, merchant, mayDelete }: Props) => {
  const { t } = useTranslation('profile')
  const [asking, setAsking] = useState(false)
  return (
    <SectionPanel
      title={t('data.title')}
      intro={t('data.intro')}
      action={
        <Group gap="sm">
          <Button
            component="a"
            variant="default"
            href={address('/api/merchants/:merchantId/data.zip', { merchantId })}
            download
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('data.download')}
          </Button>
          {mayDelete && (
            <Button variant="light" color="red" onClick={() => setAsking(true)}>
              {t('data.delete')}
            </Button>
          )}
        </Group>
      }
    >
      {asking && (
        <DeleteDialog
          merchantId={merchantId}
          merchant={merchant}
          onClose={() => setAsking(false)}
        />
      )}
    </SectionPanel>
  )
}
