import { Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { termsQuery } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import styles from './front.module.css'
import { PublicFrame } from './public-frame.tsx'
import { TermsText } from './terms-text.tsx'

/** The terms that apply now, for everybody. */
export const TermsPage = () => {
  const { t } = useTranslation('front')
  const format = useFormat()
  const terms = useQuery(termsQuery(useLanguage()))
  return (
    <PublicFrame title={t('terms')}>
      <div className={styles['narrow']}>
        <Title order={1}>{terms.data?.title ?? t('terms')}</Title>
        <QueryFailure query={terms} />
        {terms.isPending && <ListLoading />}
        {terms.data && (
          <>
            <Text c="dimmed">{t('termsFrom', { day: format.day(terms.data.version) })}</Text>
            <TermsText terms={terms.data} order={2} />
          </>
        )}
      </div>
    </PublicFrame>
  )
}
