import { accountingProblems } from '../../problems/accounting-problems.ts'
import { bookingProblems } from '../../problems/booking-problems.ts'
import { catalogue, explain, isProblemCode, type ProblemCode } from '../../problems/catalogue.ts'
import { connectionProblems } from '../../problems/connection-problems.ts'
import type { Language, Text } from '../../problems/problem.ts'
import { requestProblems } from '../../problems/request-problems.ts'
import { saleProblems } from '../../problems/sale-problems.ts'
import { shopHostProblems } from '../../problems/shop-host-problems.ts'
import { vatProblems } from '../../problems/vat-problems.ts'
import { articleGroups, type Article } from './article.ts'
import { accountArticles } from './articles/account.ts'
import { connectionArticles } from './articles/connections.ts'
import { salesArticles } from './articles/sales.ts'
import { vatArticles } from './articles/vat.ts'
import { exampleFigures } from './example-figures.ts'

/** Every page of help that answers a question. */
export const articles: readonly Article[] = [
  ...salesArticles,
  ...vatArticles,
  ...connectionArticles,
  ...accountArticles,
]

/** Under which head the problems of the catalogue stand; what is in none stands under `other`. */
export const problemGroups: Readonly<
  Record<string, { title: Text; problems: Readonly<Record<string, unknown>> }>
> = {
  'problems-of-sales': {
    title: { nl: 'Meldingen over een verkoop', en: 'Messages about a sale' },
    problems: saleProblems,
  },
  'problems-of-vat': {
    title: { nl: 'Meldingen over btw', en: 'Messages about VAT' },
    problems: vatProblems,
  },
  'problems-of-accounting': {
    title: { nl: 'Meldingen van de boekhouding', en: 'Messages of the bookkeeping' },
    problems: accountingProblems,
  },
  'problems-of-booking': {
    title: { nl: 'Meldingen over het boeken', en: 'Messages about booking' },
    problems: bookingProblems,
  },
  'problems-of-connections': {
    title: { nl: 'Meldingen van een verbinding', en: 'Messages of a connection' },
    problems: { ...connectionProblems, ...shopHostProblems },
  },
  'problems-of-requests': {
    title: { nl: 'Meldingen aan wie de API gebruikt', en: 'Messages to users of the API' },
    problems: requestProblems,
  },
  other: { title: { nl: 'Overige meldingen', en: 'Other messages' }, problems: {} },
}

export const groupOf = (code: ProblemCode): string =>
  Object.entries(problemGroups).find(([, { problems }]) => code in problems)?.[0] ?? 'other'

/** A head of the list of help. */
export interface TopicGroup {
  id: string
  title: string
}

/** One page of help in the list: where it is, and what it says in short. */
export interface Topic {
  topic: string
  group: string
  title: string
  summary: string
}

/** One page of help in full. */
export type TopicPage =
  | {
      is: 'problem'
      topic: string
      group: string
      /** The message with the figures of an example. */
      text: string
      cause: string
      remedy: string
      /** Articles about it. */
      related: Topic[]
    }
  | {
      is: 'article'
      topic: string
      group: string
      title: string
      summary: string
      body: { text: string | null; items: string[] }[]
      /** Messages it is about. */
      related: Topic[]
    }

const inExample = (code: ProblemCode, language: Language) =>
  explain(code, exampleFigures(code), language)

const problemTopic = (code: ProblemCode, language: Language): Topic => {
  const { text, cause } = inExample(code, language)
  return { topic: code, group: groupOf(code), title: text, summary: cause }
}

const articleTopic = ({ slug, group, title, summary }: Article, language: Language): Topic => ({
  topic: slug,
  group,
  title: title[language],
  summary: summary[language],
})

export const topicGroups = (language: Language): TopicGroup[] =>
  [
    ...Object.entries(articleGroups).map(([id, title]) => ({ id, title: title[language] })),
    ...Object.entries(problemGroups).map(([id, { title }]) => ({ id, title: title[language] })),
  ].filter(({ id }) => topics(language).some(({ group }) => group === id))

/** Everything there is help about. */
export const topics = (language: Language): Topic[] => [
  ...articles.map((article) => articleTopic(article, language)),
  ...(Object.keys(catalogue) as ProblemCode[]).map((code) => problemTopic(code, language)),
]

/** The page of a code or an article; null when there is none. */
export const topicPage = (topic: string, language: Language): TopicPage | null => {
  if (isProblemCode(topic)) {
    const related = articles.filter(({ codes }) => codes.includes(topic))
    return {
      is: 'problem',
      topic,
      group: groupOf(topic),
      ...inExample(topic, language),
      related: related.map((article) => articleTopic(article, language)),
    }
  }
  const article = articles.find(({ slug }) => slug === topic)
  if (article === undefined) return null
  return {
    is: 'article',
    ...articleTopic(article, language),
    body: article.body.map((block) =>
      block.kind === 'text'
        ? { text: block.text[language], items: [] }
        : { text: null, items: block.items.map((item) => item[language]) },
    ),
    related: article.codes.map((code) => problemTopic(code, language)),
  }
}
