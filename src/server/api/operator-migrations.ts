import { z } from 'zod'
import {
  day,
  identifier,
  integrationParams,
  language,
  line,
  pageOf,
  pageQuery,
  type RouteShape,
} from './shapes.ts'
import { survey } from './surveys.ts'

const why = line(500).min(3)

const migrationLine = survey.extend({
  integration: z.object({ id: identifier, name: z.string(), merchant: z.string() }),
})

/** The console's side of migrations: everybody's, and running one for a merchant. */
export const operatorMigrationsApi = {
  'GET /api/operator/migrations': {
    summary: 'Migrations of all integrations, newest first; those that are not over, or all',
    query: pageQuery.extend({
      ...language.shape,
      show: z.enum(['standing', 'all']).default('standing'),
    }),
    answer: pageOf(migrationLine),
  },
  'POST /api/operator/integrations/:integrationId/migrations': {
    summary: 'Begin the dry run of a migration for a merchant',
    params: integrationParams,
    body: z.object({ from: day, until: day, reason: why }),
    answer: z.object({ id: identifier }),
  },
  'POST /api/operator/integrations/:integrationId/migrations/:surveyId/steer': {
    summary:
      'Start, pause, resume or cancel a migration for its merchant; a start does not wait for payment',
    params: integrationParams.extend({ surveyId: identifier }),
    body: z.object({ wish: z.enum(['start', 'pause', 'resume', 'cancel']), reason: why }),
    answer: z.object({ state: survey.shape.state }),
  },
} as const satisfies Record<string, RouteShape>
