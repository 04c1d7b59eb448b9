import { divideRounded } from '../magento2/money.ts'
import { type Order } from '../magento2/order.ts'
import { type Switches } from './switches.ts'

/** How the database driver hands out columns: decimals are texts of four places, nothing is null. */
export interface Columns {
  /** A whole number: a text before PHP 8.1 (recordings). */
  int: (value: number) => number | string
  /** Cents, which may be half ones, as "203.8100". */
  money: (cents: number) => string
  /** The same in the order's currency. */
  orderMoney: (cents: number) => string
  decimal: (value: number) => string
}

const tenThousandths = (value: number): string => {
  const digits = String(Math.abs(value)).padStart(5, '0')
  return `${value < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`
}

export function columnsOf({ spec }: Order, php: Switches['php']): Columns {
  const rate = Math.round((spec.currencyRate ?? 1) * 10_000)
  return {
    int: (value) => (php === '7.4' ? String(value) : value),
    money: (cents) => tenThousandths(Math.round(cents * 100)),
    orderMoney: (cents) =>
      tenThousandths(
        rate === 10_000 ? Math.round(cents * 100) : divideRounded(cents * rate, 10_000) * 100,
      ),
    decimal: (value) => tenThousandths(Math.round(value * 10_000)),
  }
}

/** Ten-thousandths of a euro as a column. */
export const fourPlaces = tenThousandths
