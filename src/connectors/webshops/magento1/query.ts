import { encode } from '../magento/encode.ts'

export interface Filter {
  attribute: string
  condition: 'eq' | 'gteq' | 'lt'
  value: string
}

/** What a collection is asked; all filters must hold (contract §4.1). */
export interface Question {
  filters?: readonly Filter[]
  order?: { by: string; direction: 'asc' | 'desc' }
  /** At most 100. */
  limit: number
  page: number
}

/**
 * The raw query: what is sent is what is signed. A space is %20, for the shop decodes no plus; at most nine
 * filters, for shops differ in how they sort ten (contract §3.2, recordings).
 */
export const queryOf = ({ filters = [], order, limit, page }: Question): string => {
  const pairs: [string, string][] = filters.flatMap(({ attribute, condition, value }, index) => [
    [`filter[${index + 1}][attribute]`, attribute],
    [`filter[${index + 1}][${condition}]`, value],
  ])
  if (order !== undefined) pairs.push(['order', order.by], ['dir', order.direction])
  pairs.push(['limit', String(limit)], ['page', String(page)])
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}
