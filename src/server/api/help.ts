import { z } from 'zod'
import { language } from './shapes.ts'

const topic = z.object({
  /** A code of the catalogue, or the name of an article; its place under /help/. */
  topic: z.string(),
  group: z.string(),
  title: z.string(),
  summary: z.string(),
})

/** What the codes mean and how things work: for everybody, signed in or not. */
export const helpApi = {
  'GET /api/help': {
    summary: 'Every code of the catalogue and every article of help, in short',
    access: 'public',
    query: language,
    answer: z.object({
      groups: z.array(z.object({ id: z.string(), title: z.string() })),
      topics: z.array(topic),
    }),
  },
  'GET /api/help/:topic': {
    summary: 'One page of help: a code with cause and remedy, or an article',
    access: 'public',
    params: z.object({ topic: z.string().max(60) }),
    query: language,
    answer: z.discriminatedUnion('is', [
      z.object({
        is: z.literal('problem'),
        topic: z.string(),
        group: z.string(),
        /** With the figures of an example. */
        text: z.string(),
        cause: z.string(),
        remedy: z.string(),
        related: z.array(topic),
      }),
      z.object({
        is: z.literal('article'),
        topic: z.string(),
        group: z.string(),
        title: z.string(),
        summary: z.string(),
        /** Paragraphs and lists, in their order: a paragraph has a text, a list has items. */
        body: z.array(z.object({ text: z.string().nullable(), items: z.array(z.string()) })),
        related: z.array(topic),
      }),
    ]),
  },
} as const
