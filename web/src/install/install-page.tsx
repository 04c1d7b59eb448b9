import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { configurationQuery } from '../api/configuration.ts'
import { useLanguage } from '../i18n/language.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { ConfigureStep } from './configure-step.tsx'
import { DoneStep } from './done-step.tsx'
import { EndStep } from './end-step.tsx'
import { Stepper } from './stepper.tsx'
import { nextStep, stepsOf, type StepName } from './steps.ts'
import { TermsStep } from './terms-step.tsx'
import { acceptedTermsQuery } from './terms.ts'

const route = getRouteApi('/signed-in/i/$integrationId/install')

/** From nothing to the first invoice: terms, both ends, configuration. Can be left and taken up again. */
export const InstallPage = () => {
  const { t } = useTranslation('install')
  const { id, name, state } = useIntegration()
  const { step: wanted } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(configurationQuery(id, useLanguage()))
  const terms = useQuery(acceptedTermsQuery(id))
  const { data: configuration } = query
  const isReady = configuration !== undefined && terms.data !== undefined
  const accepted = terms.data?.accepted?.version === terms.data?.current
  const steps = isReady ? stepsOf(configuration, accepted, state === 'active') : []
  const current: StepName = wanted ?? nextStep(steps)
  const go = (step: StepName) => void navigate({ search: { step } })

  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro')} of={name} />
      <QueryFailure query={query} />
      <QueryFailure query={terms} />
      {isReady ? (
        <>
          <Stepper steps={steps} current={current} />
          {current === 'terms' && <TermsStep onNext={() => go('webshop')} />}
          {current === 'webshop' && (
            <EndStep side="webshop" configuration={configuration} onNext={() => go('accounting')} />
          )}
          {current === 'accounting' && (
            <EndStep
              side="accounting"
              configuration={configuration}
              onNext={() => go('configure')}
            />
          )}
          {current === 'configure' && (
            <ConfigureStep configuration={configuration} onNext={() => go('done')} />
          )}
          {current === 'done' && <DoneStep configuration={configuration} steps={steps} />}
        </>
      ) : query.isPending || terms.isPending ? (
        <ListLoading rows={3} height={140} />
      ) : null}
    </Stack>
  )
}
