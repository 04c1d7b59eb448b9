import { Button, Skeleton, Stack, TextInput, Title } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { latestSalesQuery } from '../api/configuration.ts'
import { Day } from '../parts/day.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './preview.module.css'

interface Props {
  /** The number that is looked at now. */
  value: string
  onPick: (number: string) => void
}

/** Which sale to look at: by its number, or one of the shop's latest. */
export const SalePicker = ({ value, onPick }: Props) => {
  const { t } = useTranslation('preview')
  const { id, webshop } = useIntegration()
  const [typed, setTyped] = useState(value)
  const [known, setKnown] = useState(value)
  const query = useQuery(latestSalesQuery(id))
  // The address changed otherwise than by typing here.
  if (value !== known) {
    setKnown(value)
    setTyped(value)
  }
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (typed.trim() !== '') onPick(typed.trim())
  }
  return (
    <div className={`${panel['panel'] ?? ''} ${styles['picker'] ?? ''}`} data-chosen={value !== ''}>
      <form onSubmit={submit} role="search" className={styles['ask']}>
        <TextInput
          label={t('number')}
          placeholder="1042"
          value={typed}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" leftSection={<IconEye size={18} aria-hidden />}>
          {t('look')}
        </Button>
      </form>
      <section>
        <Title order={2} size="h3" mb="xs">
          {t('latest', { shop: webshop.title })}
        </Title>
        <QueryFailure query={query} />
        {query.isPending && (
          <Stack gap={6} role="status" aria-label={t('readingLatest')}>
            <Skeleton h={32} />
            <Skeleton h={32} />
            <Skeleton h={32} />
          </Stack>
        )}
        {query.data?.length === 0 && <p className={styles['quiet']}>{t('noLatest')}</p>}
        <ul className={styles['latest']}>
          {query.data?.map(({ ref, number, date }) => (
            <li key={`${ref.kind} ${ref.id}`}>
              <Link
                to="."
                search={{ number }}
                className={styles['sale']}
                aria-current={number === value ? 'true' : undefined}
                preload={false}
                resetScroll={false}
              >
                <span>{number}</span>
                <span className={styles['quiet']}>
                  <Day day={date} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
