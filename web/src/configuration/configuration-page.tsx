import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { configurationQuery, type Configuration } from '../api/configuration.ts'
import { meQuery } from '../api/queries.ts'
import { tell } from '../booking/tell.ts'
import { ConnectionPanel } from '../connecting/connection-panel.tsx'
import { useLanguage } from '../i18n/language.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { ConfigurationForm } from './configuration-form.tsx'
import styles from './configuration-page.module.css'
import { useDraft } from './draft.ts'

/** Both connections and everything that can be set. */
export const ConfigurationPage = () => {
  const { t } = useTranslation('configuration')
  const { id, name } = useIntegration()
  const query = useQuery(configurationQuery(id, useLanguage()))
  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro')} of={name} />
      <QueryFailure query={query} />
      {query.data ? (
        <Content configuration={query.data} />
      ) : query.isPending ? (
        <ListLoading rows={4} height={180} />
      ) : null}
    </Stack>
  )
}

interface Props {
  configuration: Configuration
}

const Content = ({ configuration }: Props) => {
  const { t } = useTranslation('configuration')
  const { id } = useIntegration()
  const { data: me } = useQuery(meQuery(useLanguage()))
  const handle = useDraft(`configuration ${me?.user.id ?? ''} ${id}`, configuration)
  return (
    <>
      <div className={styles['ends']}>
        <ConnectionPanel side="webshop" configuration={configuration} />
        <ConnectionPanel side="accounting" configuration={configuration} />
      </div>
      <ConfigurationForm
        configuration={configuration}
        handle={handle}
        action={t('foot.save')}
        onSaved={() => tell(t('foot.saved'))}
      />
    </>
  )
}
