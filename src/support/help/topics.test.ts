import { describe, expect, it } from 'vitest'
import { catalogue, isProblemCode, type ProblemCode } from '../../problems/catalogue.ts'
import { articleGroups } from './article.ts'
import { articles, groupOf, problemGroups, topicGroups, topicPage, topics } from './topics.ts'

const codes = Object.keys(catalogue) as ProblemCode[]
const languages = ['nl', 'en'] as const

/**
 * What goes wrong with, and is asked about, the service that merchants come from (its published errors and
 * questions, in our words), and where the answer is here: a code or an article.
 */
const counterparts: Readonly<Record<string, readonly string[]>> = {
  'a number that is rejected': ['VAT_NUMBER_INVALID', 'VAT_NUMBER_MALFORMED', 'vat-number'],
  'shipping without VAT': ['SHIPPING_WITHOUT_VAT', 'shipping-without-vat'],
  'percentages of small amounts': ['VAT_RATE_IMPOSSIBLE', 'how-the-rate-is-found'],
  'VAT of free items': ['VAT_RATE_UNDECIDED', 'how-the-rate-is-found'],
  'discounts without VAT': ['DISCOUNT_SPREAD', 'discounts'],
  'credit adjustments without VAT': ['ADJUSTMENT_WITHOUT_VAT', 'credits'],
  'costs that an add-on hides': ['TOTAL_DIFFERS_FROM_LINES', 'connecting-magento'],
  'a connection that cannot be made': ['AUTHORIZATION_STRIPPED', 'connecting-magento'],
  'a status that is not suitable': ['STATUS_NOT_YET', 'where-is-my-sale'],
  'a number that does not come along': ['VAT_NUMBER_MISSING', 'vat-number'],
  'an invoice not marked paid': ['paid-and-mailed'],
  'rights that a package lacks': ['RIGHT_MISSING', 'customers-and-products'],
  'a system out of reach': ['REMOTE_SILENT', 'REMOTE_TROUBLE', 'out-of-reach'],
  'refunds that are not processed': ['CREDIT_UNSUPPORTED', 'credits'],
  'a VAT code that is gone': ['VAT_CODE_MISSING', 'codes-changed'],
  'a reference in use': ['ALREADY_IN_BOOKS', 'never-twice'],
  'a field that is too long': ['FIELD_TOO_LONG', 'customers-and-products'],
  'an administration that moved': ['ADMINISTRATION_CLOSED', 'out-of-reach'],
  'a country that Peppol cannot read': ['COUNTRY_UNKNOWN_TO_BOOKS', 'peppol'],
  'which data are carried over': ['what-is-passed-on'],
  'orders or invoices': ['orders-or-invoices'],
  'switching systems': ['switching'],
  'stock and products': ['what-doorvoer-does-not-do'],
  'which code for which country': ['which-country-which-code'],
  'services and downloads': ['SUPPLIES_MIXED', 'services-and-downloads'],
}

describe('the help', () => {
  it.each(languages)('has a page for every code and every article in %s', (language) => {
    const listed = topics(language)
    expect(listed.map(({ topic }) => topic).sort()).toEqual(
      [...codes, ...articles.map(({ slug }) => slug)].sort(),
    )
    const groups = new Set(topicGroups(language).map(({ id }) => id))
    for (const { topic, group, title, summary } of listed) {
      expect(groups.has(group), topic).toBe(true)
      expect(title.length).toBeGreaterThan(9)
      expect(summary.length).toBeGreaterThan(9)
      expect(topicPage(topic, language)).toMatchObject({ topic, group })
    }
  })

  it.each(codes)('shows %s with figures of an example, without holes', (code) => {
    for (const language of languages) {
      const page = topicPage(code, language)
      if (page?.is !== 'problem') throw new Error('no page')
      expect(`${page.text} ${page.cause} ${page.remedy}`).not.toMatch(/[{}]|undefined/)
    }
  })

  it('puts every code under a head of its own kind', () => {
    expect(codes.filter((code) => groupOf(code) === 'other')).toEqual([])
    expect(Object.keys(problemGroups)).not.toContain(Object.keys(articleGroups)[0])
  })

  it.each(Object.entries(counterparts))('answers: %s', (_, answers) => {
    for (const answer of answers) expect(topicPage(answer, 'nl'), answer).not.toBeNull()
  })

  it('is no page for what does not exist', () => {
    for (const topic of ['NO_SUCH_CODE', 'constructor', '', 'VAT-NUMBER']) {
      expect(topicPage(topic, 'nl')).toBeNull()
    }
  })
})

describe.each(articles)('$slug', ({ slug, title, summary, body, codes: about }) => {
  it('says the same in both languages, in whole sentences', () => {
    expect(slug).toMatch(/^[a-z]+(-[a-z]+)*$/)
    expect(isProblemCode(slug)).toBe(false)
    const texts = body.flatMap((block) => (block.kind === 'text' ? [block.text] : block.items))
    for (const text of [title, summary, ...texts]) {
      expect(text.nl).not.toBe(text.en)
      for (const language of languages) {
        expect(text[language].trim()).toBe(text[language])
        if (text !== title) expect(text[language]).toMatch(/[.!?:]$/)
      }
    }
  })

  it('leads to its messages, and they lead back', () => {
    for (const code of about) {
      const page = topicPage(code, 'en')
      expect(page?.related.map(({ topic }) => topic)).toContain(slug)
    }
  })
})
