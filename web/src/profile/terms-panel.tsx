import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { acceptedTermsQuery } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { QueryFailure } from '../parts/query-failure.tsx'
import { SectionPanel } from '../parts/section-panel.tsx'

interface Props {
  integrationId: string
}

/** Which terms were accepted, and when. */
export const TermsPanel = ({ integrationId }: Props) => {
  const { t } = useTranslation('profile')
  const format = useFormat()
  const terms = useQuery(acceptedTermsQuery(integrationId))
  const accepted = terms.data?.accepted
  return (
    <SectionPanel title={t('terms.title')}>
      <QueryFailure query={terms} />
      {terms.data && (
        <>
          {accepted
            ? t('terms.accepted', {
                day: format.day(accepted.version),
                moment: format.moment(accepted.acceptedAt),
              })
            : t('terms.notYet')}{' '}
          <Anchor underline="always" renderRoot={(props) => <Link to="/terms" {...props} />}>
            {t('terms.read')}
          </Anchor>
        </>
      )}
    </SectionPanel>
  )
}
