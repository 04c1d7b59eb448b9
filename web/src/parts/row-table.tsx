import type { ReactNode } from 'react'
import panel from './panel.module.css'
import styles from './row-table.module.css'

export interface Column<T> {
  head: string
  /** null where there is nothing: a dash in a table, left out of a card. */
  cell: (item: T) => ReactNode
  numeric?: boolean
  /** Sentences: in a card they stand by themselves, under the name of the row. */
  prose?: boolean
}

/** A row at the end that adds up; its cells are those after the first column. */
export interface Total {
  key: string
  label: string
  cells: readonly ReactNode[]
}

interface Props<T> {
  caption: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** The first one names the row. */
  columns: readonly Column<T>[]
  totals?: readonly Total[]
  /** In a panel of its own; else it stands inside one. */
  framed?: boolean
  busy?: boolean
}

/**
 * A table that becomes a list of cards on a phone, and scrolls by itself, also by keyboard. The roles are said because a table that is laid out as blocks
 * loses its own.
 */
export const RowTable = <T,>(props: Props<T>) => {
  const { caption, items, keyOf, columns, totals = [], framed = true, busy } = props
  const [, ...others] = columns
  const cells = (contents: readonly ReactNode[], nothing: ReactNode) =>
    others.map(({ head, numeric, prose }, index) => {
      const content = contents[index] ?? null
      return (
        <td
          key={head}
          role="cell"
          data-numeric={numeric}
          data-prose={prose}
          data-empty={content === null}
        >
          <span className={styles['label']} aria-hidden>
            {head}
          </span>
          <div>{content ?? nothing}</div>
        </td>
      )
    })
  return (
    <div
      className={`${framed ? (panel['panel'] ?? '') : ''} ${styles['scroller'] ?? ''}`}
      tabIndex={0}
      role="group"
      aria-label={caption}
      {...(busy === true && { 'aria-busy': true })}
    >
      <table className={styles['table']} role="table" data-framed={framed}>
        <caption className="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map(({ head, numeric }) => (
              <th key={head} role="columnheader" scope="col" data-numeric={numeric}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((item) => (
            <tr key={keyOf(item)} role="row">
              <th role="rowheader" scope="row">
                {columns[0]?.cell(item)}
              </th>
              {cells(
                others.map(({ cell }) => cell(item)),
                '–',
              )}
            </tr>
          ))}
        </tbody>
        {totals.length > 0 && (
          <tfoot role="rowgroup">
            {totals.map(({ key, label, cells: sums }) => (
              <tr key={key} role="row">
                <th role="rowheader" scope="row">
                  {label}
                </th>
                {cells(sums, '')}
              </tr>
            ))}
          </tfoot>
        )}
      </table>
    </div>
  )
}
