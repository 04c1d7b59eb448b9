import { Button, Group, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { useKeptKey } from '../api/kept-key.ts'
import { accountQuery, meQuery } from '../api/queries.ts'
import { tell, tellFailure } from '../booking/tell.ts'
import { languages } from '../i18n/language.ts'
import { useEdited } from '../parts/edited.ts'
import { SectionPanel } from '../parts/section-panel.tsx'
import { KeptLanguageChoice } from '../shell/kept-language-choice.tsx'
import styles from './account.module.css'

interface Props {
  name: string
  email: string
}

export const NamePanel = ({ name, email }: Props) => {
  const { t } = useTranslation('account')
  const ask = useAsk()
  const queries = useQueryClient()
  const { values, change, drop } = useEdited(useKeptKey('name'), { name })
  const typed = values.name
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const save = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wanted = typed.trim()
    setMissing(wanted === '')
    if (wanted === '' || busy) return
    setBusy(true)
    const said = await ask(() => call('PATCH /api/account', { body: { name: wanted } }))
    setBusy(false)
    if (said.is === 'failed') {
      tellFailure(said.error)
      return
    }
    for (const each of languages) {
      queries.setQueryData(
        meQuery(each).queryKey,
        (known) => known && { ...known, user: { ...known.user, name: wanted } },
      )
    }
    await queries.invalidateQueries({ queryKey: accountQuery.queryKey })
    drop()
    tell(t('saved'))
  }
  return (
    <SectionPanel title={t('you.title')} intro={t('you.intro', { email })}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Group align="flex-end" gap="sm">
          <TextInput
            className={styles['field'] ?? ''}
            label={t('you.name')}
            autoComplete="name"
            value={typed}
            error={missing && t('you.missing')}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Button type="submit" variant="default" loading={busy} disabled={typed === name}>
            {t('save')}
          </Button>
        </Group>
      </form>
      <Text size="sm" mt="md" mb={4} fw={500}>
        {t('you.language')}
      </Text>
      <div className={styles['field']}>
        <KeptLanguageChoice />
      </div>
    </SectionPanel>
  )
}
