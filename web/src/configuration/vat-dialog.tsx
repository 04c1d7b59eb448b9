import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Choices, Destination, Settings, VatRow } from '../api/configuration.ts'
import { useFormat } from '../i18n/format.ts'
import styles from './configuration.module.css'
import { emptyLedgers, percentOf, readPercent, startRows } from './vat-table.ts'

interface Props {
  place: Destination
  settings: Settings
  choices: Choices
  onSave: (rows: VatRow[]) => void
  onClose: () => void
}

const rowsMax = 12

/** The rows of one destination: the percentages sold with, and what each gets. */
export const VatDialog = ({ place, settings, choices, onSave, onClose }: Props) => {
  const { t } = useTranslation('configuration')
  const format = useFormat()
  const [rows, setRows] = useState(() => startRows(settings, place))
  const [wrong, setWrong] = useState(false)
  const change = (at: number, part: Partial<VatRow>) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...part } : row)))

  const codes = [{ value: '', label: t('table.noCode') }, ...(choices['vatCodes'] ?? [])]
  const ledgers = [{ value: '', label: t('table.noLedger') }, ...(choices['ledgers'] ?? [])]
  const sameTwice = (percent: string | null, at: number) =>
    rows.some((row, index) => index < at && readPercent(row.percent) === percent)

  const percentMistake = (row: VatRow, at: number): string | null => {
    const percent = readPercent(row.percent)
    if (percent === null) return t('table.percentWrong')
    return sameTwice(percent, at) ? t('table.percentTwice') : null
  }
  /** A code of another percentage would be refused at every sale. */
  const codeMistake = (row: VatRow): string | null => {
    const own = percentOf(choices, row.vatCode)
    const percent = readPercent(row.percent)
    return own === null || percent === null || Number(own) === Number(percent)
      ? null
      : t('table.codeOtherRate', { percent: format.percent(own) })
  }

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    // A form of its own: the page's form is not meant.
    event.stopPropagation()
    const isWrong = rows.some((row, at) => percentMistake(row, at) ?? codeMistake(row))
    setWrong(isWrong)
    if (isWrong) return
    onSave(rows.map((row) => ({ ...row, percent: readPercent(row.percent) ?? row.percent })))
  }

  return (
    <form onSubmit={submit} noValidate>
      <Text size="sm" c="dimmed" mb="md">
        {t('table.dialogIntro')}
      </Text>
      {rows.map((row, at) => (
        <fieldset key={at} className={styles['codeRow']}>
          <legend>{t('table.sale', { percent: row.percent === '' ? '…' : row.percent })}</legend>
          <TextInput
            label={t('table.percent')}
            inputMode="decimal"
            maw="8rem"
            value={row.percent}
            maxLength={6}
            error={wrong && percentMistake(row, at)}
            onChange={(event) => change(at, { percent: event.currentTarget.value })}
          />
          <NativeSelect
            label={t('table.code')}
            data={codes}
            value={row.vatCode}
            error={row.vatCode !== '' && codeMistake(row)}
            onChange={(event) => change(at, { vatCode: event.currentTarget.value })}
          />
          {(['revenue', 'shipping', 'payment'] as const).map((kind) => (
            <NativeSelect
              key={kind}
              label={t(`table.${kind}`)}
              data={ledgers}
              value={row.ledgers[kind]}
              onChange={(event) =>
                change(at, { ledgers: { ...row.ledgers, [kind]: event.currentTarget.value } })
              }
            />
          ))}
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            w="fit-content"
            onClick={() => setRows(rows.filter((_, index) => index !== at))}
          >
            {t('table.removeRow')}
          </Button>
        </fieldset>
      ))}
      {rows.length < rowsMax && (
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() =>
            setRows([
              ...rows,
              {
                destination: place.destination,
                percent: '',
                vatCode: '',
                ledgers: rows[0]?.ledgers ?? emptyLedgers,
              },
            ])
          }
        >
          {t('table.addRow')}
        </Button>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button type="submit">{t('table.done')}</Button>
      </Group>
    </form>
  )
}
