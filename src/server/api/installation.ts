import { z } from 'zod'
import { integrationSettings } from '../../merchants/integration-settings.ts'
import { integrationParams, language, line, moment, type RouteShape } from './shapes.ts'
import { connectionParams, explained, findingShape, systemShape, values } from './shapes.ts'

/** How one end can be connected here and now. */
const ways = z.object({
  /** By filling in a form. */
  form: z.boolean(),
  /** By signing in at the remote; the operator has registered with it where that is needed. */
  signIn: z.boolean(),
  /** From the platform's app store; the operator has an app there. */
  store: z.boolean(),
  /** By activating an integration in the shop, with these two addresses. */
  activation: z.object({ callbackUrl: z.url(), identityUrl: z.url() }).nullable(),
})

const end = z.object({
  system: systemShape,
  ways,
  dot: z.enum(['new', 'green', 'red']),
  problem: explained.nullable(),
  checkedAt: moment.nullable(),
  /** Whether there are credentials, good or bad. */
  hasCredentials: z.boolean(),
  /** Without secrets. */
  credentials: values,
  settings: values,
  choices: z.record(z.string(), z.array(z.object({ value: z.string(), label: z.string() }))),
})

const ledgers = z.object({ revenue: z.string(), shipping: z.string(), payment: z.string() })

/** One line of the VAT table as the connector's own codes suggest it. */
const proposedRow = z.object({ percent: z.string(), vatCode: z.string(), ledgers })

/** A destination of the VAT table: an EU country, ICP or INTERNATIONAL. */
const destination = z.object({
  destination: z.string(),
  /** Percentages in force there today, highest first. */
  percents: z.array(z.string()),
  proposal: z.array(proposedRow),
})

/** What is filled in and not saved yet; absent parts are as they are stored. */
const changes = {
  settings: z.record(z.string(), z.unknown()).optional(),
  webshop: values.optional(),
  accounting: values.optional(),
}

const span = z.object({
  text: z.string(),
  mark: z.enum(['strong', 'em', 'code']).optional(),
  href: z.url().optional(),
})
const spans = z.array(span)

/** A piece of a guide. */
export const block = z.discriminatedUnion('is', [
  z.object({ is: z.literal('heading'), spans }),
  z.object({ is: z.literal('paragraph'), spans }),
  z.object({ is: z.literal('list'), ordered: z.boolean(), items: z.array(spans) }),
  z.object({ is: z.literal('table'), head: z.array(spans), rows: z.array(z.array(spans)) }),
])

/** Installing and configuring. */
export const installationApi = {
  'GET /api/integrations/:integrationId/configuration': {
    summary: 'Both ends of an integration with their forms, and its own settings',
    params: integrationParams,
    query: language,
    answer: z.object({
      webshop: end,
      accounting: end,
      settings: integrationSettings,
      /** Grows with every saving; who saves says which one they started from. */
      version: z.number().int(),
      /** Whether a person ever saved the configuration. */
      saved: z.boolean(),
      /** For whoever may install; null for a seat that only looks. */
      licenceKey: z.string().nullable(),
      /** For systems with VAT codes; null for those that take percentages. */
      vatTable: z.array(destination).nullable(),
    }),
  },
  'PUT /api/integrations/:integrationId/configuration': {
    summary: 'Save the configuration: all that is given, or nothing when somebody saved meanwhile',
    access: 'configure',
    params: integrationParams,
    body: z.object({ version: z.number().int(), ...changes }),
    answer: z.object({ version: z.number().int(), active: z.boolean() }),
  },
  'PUT /api/integrations/:integrationId/settings': {
    summary: "Change the integration's own settings: VAT position, VAT table, fixed debtors",
    access: 'configure',
    params: integrationParams,
    body: z.object({ settings: z.record(z.string(), z.unknown()) }),
    answer: z.object({ settings: z.record(z.string(), z.unknown()), active: z.boolean() }),
  },
  'PUT /api/integrations/:integrationId/connections/:side/credentials': {
    summary: 'Connect one end with what the merchant filled in, and let the doctor look',
    access: 'configure',
    params: connectionParams,
    query: language,
    body: z.object({ values }),
    answer: z.object({ findings: z.array(findingShape), active: z.boolean() }),
  },
  'PUT /api/integrations/:integrationId/connections/:side/settings': {
    summary: 'Change the settings of one end',
    access: 'configure',
    params: connectionParams,
    body: z.object({ values }),
    answer: z.object({ settings: values }),
  },
  'POST /api/integrations/:integrationId/connections/:side/check': {
    summary: 'Let the doctor look again, and read the choices anew',
    access: 'configure',
    params: connectionParams,
    query: language,
    body: z.object({ refresh: z.literal(true) }),
    answer: z.object({ findings: z.array(findingShape), active: z.boolean() }),
  },
  'POST /api/integrations/:integrationId/connections/:side/sign-in': {
    summary: 'Begin signing in at a remote; the browser goes to the address that is answered',
    access: 'session',
    params: connectionParams,
    body: z.object({
      values,
      /** Whether the remote is shown in a window of its own, which is closed at the end. */
      ownWindow: z.boolean().default(false),
    }),
    answer: z.object({ goTo: z.url() }),
  },
  'GET /api/systems/:id/guide': {
    summary: 'How a merchant connects a system, step by step',
    access: 'public',
    params: z.object({ id: line(50) }),
    query: language,
    answer: z.object({ title: z.string(), language: z.enum(['nl', 'en']), blocks: z.array(block) }),
  },
  'GET /api/problems/:code': {
    summary: 'A code of the catalogue in words',
    access: 'public',
    params: z.object({ code: line(60) }),
    query: language.extend({ system: line(50).optional() }),
    answer: explained,
  },
} as const satisfies Record<string, RouteShape>

export { changes }
