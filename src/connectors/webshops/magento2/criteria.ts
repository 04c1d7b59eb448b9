import { encode } from '../magento/encode.ts'

/** What a list is asked: groups of one filter each, which all must hold (contract §5). */
export interface Question {
  filters?: readonly { field: string; condition: 'eq' | 'gteq' | 'lt' | 'in'; value: string }[]
  sort?: { field: string; direction: 'ASC' | 'DESC' }
  pageSize: number
  page: number
  /** Only these fields, e.g. `items[entity_id],total_count`. */
  fields?: string
}

/**
 * The raw query: what is sent is what is signed. Everything is percent-encoded and a space is %20, for the
 * shop decodes no plus (contract §4.2).
 */
export const queryOf = ({ filters = [], sort, pageSize, page, fields }: Question): string => {
  const pairs: [string, string][] = filters.flatMap(({ field, condition, value }, group) => {
    const filter = `searchCriteria[filter_groups][${group}][filters][0]`
    return [
      [`${filter}[field]`, field],
      [`${filter}[condition_type]`, condition],
      [`${filter}[value]`, value],
    ]
  })
  if (sort !== undefined) {
    pairs.push(['searchCriteria[sortOrders][0][field]', sort.field])
    // Without it Magento sorts downwards.
    pairs.push(['searchCriteria[sortOrders][0][direction]', sort.direction])
  }
  pairs.push(['searchCriteria[pageSize]', String(pageSize)])
  pairs.push(['searchCriteria[currentPage]', String(page)])
  if (fields !== undefined) pairs.push(['fields', fields])
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')
}
