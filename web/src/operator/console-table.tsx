import type { ReactNode } from 'react'
import panel from '../parts/panel.module.css'
import styles from './console-table.module.css'

export interface Column<T> {
  head: string
  cell: (item: T) => ReactNode
  numeric?: boolean
}

interface Props<T> {
  caption: string
  items: readonly T[]
  keyOf: (item: T) => string
  /** The first one names the row. */
  columns: readonly Column<T>[]
  busy?: boolean
}

/**
 * A table that becomes a list of cards on a phone, and scrolls by itself, also by keyboard. The roles are said because a table that is laid out as blocks
 * loses its own.
 */
export const ConsoleTable = <T,>({ caption, items, keyOf, columns, busy }: Props<T>) => (
  <div
    className={`${panel['panel'] ?? ''} ${styles['scroller'] ?? ''}`}
    tabIndex={0}
    role="group"
    aria-label={caption}
    {...(busy === true && { 'aria-busy': true })}
  >
    <table className={styles['table']} role="table">
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
            {columns.map(({ head, cell, numeric }, index) =>
              index === 0 ? (
                <th key={head} role="rowheader" scope="row">
                  {cell(item)}
                </th>
              ) : (
                <td key={head} role="cell" data-numeric={numeric}>
                  <span className={styles['label']} aria-hidden>
                    {head}
                  </span>
                  <div>{cell(item)}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
