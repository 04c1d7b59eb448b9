import { Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Configuration } from '../api/configuration.ts'
import { meQuery } from '../api/queries.ts'
import { ConfigurationForm } from '../configuration/configuration-form.tsx'
import { useDraft } from '../configuration/draft.ts'
import { useLanguage } from '../i18n/language.ts'
import { useIntegration } from '../shell/integration.ts'

interface Props {
  configuration: Configuration
  onNext: () => void
}

/** What has to be decided before the first invoice, with good proposals filled in. */
export const ConfigureStep = ({ configuration, onNext }: Props) => {
  const { t } = useTranslation('install')
  const { id } = useIntegration()
  const { data: me } = useQuery(meQuery(useLanguage()))
  const handle = useDraft(`configuration ${me?.user.id ?? ''} ${id}`, configuration)
  return (
    <Stack gap="md">
      <Text maw="75ch">{t('configureIntro')}</Text>
      <ConfigurationForm
        configuration={configuration}
        handle={handle}
        action={t('finish')}
        always
        onSaved={onNext}
      />
    </Stack>
  )
}
