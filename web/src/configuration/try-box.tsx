import { Button, Group, TextInput } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Configuration, PreviewWish } from '../api/configuration.ts'
import { Section } from '../parts/section.tsx'
import { PreviewOf } from '../preview/preview-of.tsx'
import type { Draft } from './draft.ts'

interface Props {
  configuration: Configuration
  draft: Draft
  /** Whether the form holds what is not saved: then that is what is tried. */
  dirty: boolean
}

/** "How would order 1042 be booked now?", with the settings as they stand on the screen. */
export const TryBox = ({ configuration, draft, dirty }: Props) => {
  const { t } = useTranslation('configuration')
  const [number, setNumber] = useState('')
  const [wish, setWish] = useState<PreviewWish | null>(null)
  const ready = configuration.webshop.dot === 'green' && configuration.accounting.dot === 'green'
  const { version: _version, ...parts } = draft
  const look = () => {
    if (number.trim() === '') return
    setWish({ sale: { number: number.trim() }, ...(dirty && parts) })
  }
  return (
    <Section title={t('try.title')} intro={t(dirty ? 'try.introUnsaved' : 'try.intro')}>
      <Group align="flex-end" gap="sm" mb={wish === null ? 0 : 'lg'}>
        <TextInput
          label={t('try.number')}
          placeholder="1042"
          maxLength={100}
          autoComplete="off"
          value={number}
          disabled={!ready}
          description={ready ? undefined : t('try.notReady')}
          onChange={(event) => setNumber(event.currentTarget.value)}
          onKeyDown={(event) => {
            // Enter looks here; it does not save the page.
            if (event.key !== 'Enter') return
            event.preventDefault()
            look()
          }}
        />
        <Button
          variant="light"
          disabled={!ready}
          leftSection={<IconEye size={18} aria-hidden />}
          onClick={look}
        >
          {t('try.look')}
        </Button>
      </Group>
      {wish !== null && <PreviewOf wish={wish} />}
    </Section>
  )
}
