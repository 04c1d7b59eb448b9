import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choices, Destination } from '../api/configuration.ts'
import { useFormat } from '../i18n/format.ts'
import { Dialog } from '../parts/dialog.tsx'
import { More } from '../parts/more.tsx'
import { Section } from '../parts/section.tsx'
import styles from './configuration.module.css'
import type { PartProps } from './part.ts'
import { VatDialog } from './vat-dialog.tsx'
import { inOrder, isInSight, labelIn, rowsOf, specialRow, withRows } from './vat-table.ts'

interface Props extends PartProps {
  destinations: readonly Destination[]
  choices: Choices
  system: string
}

/** Which VAT code and ledgers each destination and percentage gets. */
export const VatTableSection = ({ destinations, choices, system, ...props }: Props) => {
  const { settings, disabled, onChange } = props
  const { t } = useTranslation('configuration')
  const format = useFormat()
  const [editing, setEditing] = useState<Destination | null>(null)
  const [removing, setRemoving] = useState(false)
  const nameOf = (destination: string) => {
    const special = specialRow(destination)
    return special === null ? format.country(destination) : t(`table.${special}`)
  }
  const all = inOrder(destinations, settings, nameOf)
  const used = all.filter(({ destination }) => isInSight(settings, destination))
  const others = all.filter((each) => !used.includes(each))

  const row = (place: Destination) => {
    const rows = rowsOf(settings, place.destination)
    return (
      <li key={place.destination} className={styles['row']}>
        <span className={styles['name']}>{nameOf(place.destination)}</span>
        {rows.length === 0 ? (
          <span className={styles['quiet']}>
            {t('table.none', { percents: place.percents.map(format.percent).join(', ') })}
          </span>
        ) : (
          <ul className={styles['codes']}>
            {rows.map(({ percent, vatCode, ledgers }) => (
              <li key={percent}>
                <strong>{format.percent(percent)}</strong> · {labelIn(choices, 'vatCodes', vatCode)}
                {ledgers.revenue !== '' && ` · ${labelIn(choices, 'ledgers', ledgers.revenue)}`}
              </li>
            ))}
          </ul>
        )}
        <Button
          size="xs"
          variant="default"
          disabled={disabled}
          onClick={() => setEditing(place)}
          aria-label={t('table.editOf', { place: nameOf(place.destination) })}
        >
          {t('table.edit')}
        </Button>
      </li>
    )
  }

  return (
    <Section
      title={t('table.title')}
      intro={t('table.intro', { system })}
      aside={
        settings.vatTable.length > 0 && (
          <Button size="xs" variant="default" disabled={disabled} onClick={() => setRemoving(true)}>
            {t('table.remove')}
          </Button>
        )
      }
    >
      <ul className={styles['rows']}>{used.map(row)}</ul>
      {others.length > 0 && (
        <More label={t('table.others', { count: others.length })}>
          <ul className={styles['rows']}>{others.map(row)}</ul>
        </More>
      )}
      <Dialog
        opened={editing !== null}
        title={t('table.editOf', { place: nameOf(editing?.destination ?? '') })}
        onClose={() => setEditing(null)}
      >
        {editing && (
          <VatDialog
            place={editing}
            settings={settings}
            choices={choices}
            onSave={(rows) => {
              onChange({ vatTable: withRows(settings, editing.destination, rows) })
              setEditing(null)
            }}
            onClose={() => setEditing(null)}
          />
        )}
      </Dialog>
      <Dialog opened={removing} title={t('table.removeTitle')} onClose={() => setRemoving(false)}>
        <Text>{t('table.removeText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" data-autofocus onClick={() => setRemoving(false)}>
            {t('cancel')}
          </Button>
          <Button
            color="red"
            onClick={() => {
              onChange({ vatTable: [] })
              setRemoving(false)
            }}
          >
            {t('table.removeConfirm')}
          </Button>
        </Group>
      </Dialog>
    </Section>
  )
}
