import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Figures } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import facts from './facts.module.css'
import { FigureChecks } from './figure-checks.tsx'
import { FigureLines } from './figure-lines.tsx'
import { FigureRates } from './figure-rates.tsx'
import { FigureRemarks } from './figure-remarks.tsx'

export type ReadFigures = Extract<Figures, { is: 'read' }>

interface Props {
  figures: ReadFigures
}

/** A sale as the shop states it now, with what the checks say of it. */
export const ReadFigures = ({ figures }: Props) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const about: [string, string][] = [
    [t('figures.customer'), figures.customer],
    [t('figures.status'), figures.status],
    [t('figures.paid'), t(figures.paid ? 'figures.yes' : 'figures.no')],
    [t('figures.destination'), format.country(figures.destination)],
    [t('figures.vatNumber'), figures.vatNumber],
    [t('figures.regime'), figures.regime ?? ''],
    // Without rates the sale could not be drawn up as an invoice; its total is then all there is to add up.
    [
      t('figures.total'),
      figures.rates.length > 0 ? '' : format.money(figures.total, figures.currency),
    ],
  ]
  return (
    <Stack gap="lg">
      <dl className={facts['facts']}>
        {about
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <FigureLines lines={figures.lines} currency={figures.currency} />
      {figures.rates.length > 0 && <FigureRates figures={figures} />}
      {figures.remarks.length > 0 && <FigureRemarks remarks={figures.remarks} />}
      <FigureChecks checks={figures.checks} />
    </Stack>
  )
}
