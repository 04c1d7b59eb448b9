import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastifyStatic from '@fastify/static'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { LogController, type FastifyInstance } from 'fastify'
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { errorInLog } from '../world/error-in-log.ts'
import { contentDirectives, documentationPolicy } from './content-policy.ts'
import { dashboardPage } from './dashboard-page.ts'
import { guard } from './guard.ts'
import type { House } from './house.ts'
import { answerProblem, inWords, languageOf, ProblemAnswer } from './problem-answer.ts'
import { accountRoutes } from './routes/account.ts'
import { activationApiRoutes, activationRoutes } from './routes/activation.ts'
import { bookingRoutes } from './routes/bookings.ts'
import { configurationRoutes } from './routes/configuration.ts'
import { connectionRoutes } from './routes/connections.ts'
import { helpRoutes } from './routes/help.ts'
import { frontRoutes } from './routes/front.ts'
import { guideRoutes } from './routes/guides.ts'
import { hookRoutes } from './routes/hooks.ts'
import { licenceRoutes } from './routes/licence.ts'
import { liveRoutes } from './routes/live.ts'
import { officeRoutes } from './routes/office.ts'
import { operationRoutes } from './routes/operations.ts'
import { operatorBillingRoutes } from './routes/operator-billing.ts'
import { operatorMigrationRoutes } from './routes/operator-migrations.ts'
import { operatorRoutes } from './routes/operator.ts'
import { operatorTicketRoutes } from './routes/operator-tickets.ts'
import { previewRoutes } from './routes/previews.ts'
import { peopleRoutes } from './routes/people.ts'
import { profileRoutes } from './routes/profile.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { storeRoutes } from './routes/store.ts'
import { supportRoutes } from './routes/support.ts'
import { surveyFileRoutes } from './routes/survey-files.ts'
import { surveyRoutes } from './routes/surveys.ts'
import { vatDecisionRoutes } from './routes/vat-decisions.ts'

/** Larger than any form of the dashboard. */
const bodyBytesMax = 256 * 1024

/** What a log line may never show, wherever it is nested. */
const redacted = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-hash"]',
  '*.password',
  '*.apiKey',
  '*.apiSecret',
  '*.credentials',
]

/** Routes outside the dashboard's interface: a browser that follows a link there gets no dashboard. */
const ownPrefixes = [
  ...['/api/', '/connect/', '/hooks/', '/store/', '/health/', '/metrics'],
  ...['/mail/', '/pay/mollie'],
]

/** Builds the web server; it listens to nothing yet. */
export const buildServer = async (house: House): Promise<FastifyInstance> => {
  const server = Fastify({
    bodyLimit: bodyBytesMax,
    // One proxy, the operator's own: the caller is who it says called, not whom the caller names.
    trustProxy: house.trustProxy ? (_address, hop) => hop === 0 : false,
    frameworkErrors: (error, request, reply) => {
      void answerProblem(error, request, reply)
    },
    // A webhook is acknowledged in milliseconds; whoever sends slower than this holds a socket for nothing.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    logController: new LogController({ disableRequestLogging: true }),
    logger:
      house.logLevel === 'silent'
        ? false
        : { level: house.logLevel, redact: redacted, serializers: { err: errorInLog } },
    routerOptions: { maxParamLength: 200 },
  })
  server.setValidatorCompiler(validatorCompiler)
  server.setSerializerCompiler(serializerCompiler)
  server.setErrorHandler(answerProblem)

  await server.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: contentDirectives(),
    },
    // The window in which a merchant signs in at a remote stays ours to close.
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' },
    referrerPolicy: { policy: 'same-origin' },
    // Only said over https: over http a browser must not remember it.
    strictTransportSecurity: house.publicUrl.startsWith('https:'),
  })
  await server.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Doorvoer',
        version: '1',
        description:
          'What the dashboard uses, open to all. Make a token on the Account page and send it as ' +
          '`Authorization: Bearer doorvoer_…`. A token has scopes: `read` looks, `process` works on ' +
          'bookings, `configure` changes integrations; every route says which one it takes.',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'doorvoer.session_token' },
          token: { type: 'http', scheme: 'bearer', bearerFormat: 'doorvoer_…' },
        },
      },
    },
    transform: jsonSchemaTransform,
  })
  await server.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: documentationPolicy,
  })

  // What belongs to a person is kept by no browser and no proxy.
  server.addHook('onSend', (request, reply, _payload, done) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) {
      reply.header('cache-control', 'no-store')
    }
    // Coming back from a remote must not cut a window off from the page that opened it.
    if (request.url.startsWith('/connect')) {
      reply.header('cross-origin-opener-policy', 'unsafe-none')
    }
    done()
  })
  await server.register(operationRoutes(house))
  await server.register(hookRoutes(house))
  await server.register(storeRoutes(house))
  await server.register(activationRoutes(house))
  await server.register(async (inner) => {
    await inner.register(rateLimit, {
      max: house.callsPerMinute,
      timeWindow: 60_000,
      errorResponseBuilder: () => new ProblemAnswer('TOO_MANY_REQUESTS'),
    })
    await inner.register(officeRoutes(house))
  })
  await server.register(async (inner) => {
    await inner.register(rateLimit, {
      max: house.callsPerMinute,
      timeWindow: 60_000,
      errorResponseBuilder: () => new ProblemAnswer('TOO_MANY_REQUESTS'),
    })
    // A page elsewhere can make a browser send our cookie, but not our own origin with it.
    inner.addHook('onRequest', (request, _reply, done) => {
      const { origin } = request.headers
      const safe = request.method === 'GET' || request.method === 'HEAD'
      const foreign = origin !== undefined && origin !== new URL(house.publicUrl).origin
      done(!safe && foreign ? new ProblemAnswer('FOREIGN_ORIGIN') : undefined)
    })
    // Later than the limit on requests, which a stranger's count for too, and before a body is read.
    inner.addHook('preParsing', guard(house))
    await inner.register(signInRoutes(house))
    await inner.register(frontRoutes(house))
    await inner.register(accountRoutes(house))
    await inner.register(profileRoutes(house))
    await inner.register(peopleRoutes(house))
    await inner.register(bookingRoutes(house))
    await inner.register(vatDecisionRoutes(house))
    await inner.register(helpRoutes())
    await inner.register(connectionRoutes(house))
    await inner.register(activationApiRoutes(house))
    await inner.register(configurationRoutes(house))
    await inner.register(previewRoutes(house))
    await inner.register(guideRoutes)
    await inner.register(liveRoutes(house))
    await inner.register(supportRoutes(house))
    await inner.register(operatorRoutes(house))
    await inner.register(operatorBillingRoutes(house))
    await inner.register(operatorMigrationRoutes(house))
    await inner.register(operatorTicketRoutes(house))
    await inner.register(surveyRoutes(house))
    await inner.register(surveyFileRoutes(house))
    await inner.register(licenceRoutes(house))
  })

  if (house.dashboard !== null) {
    await server.register(fastifyStatic, {
      root: house.dashboard,
      wildcard: false,
      immutable: true,
      maxAge: '365d',
      // The build lays a small copy beside each file.
      preCompressed: true,
      setHeaders: (response, file) => {
        // Files with a hash in their name never change; the page that names them does.
        if (/\.html(?:\.\w+)?$/.test(file)) response.header('cache-control', 'no-cache')
      },
      // Each of its pages is made anew.
      index: false,
      globIgnore: ['index.html'],
    })
  }
  server.setNotFoundHandler(async (request, reply) => {
    // A file that is not there is not a page: after an update a browser must not take one for the other.
    const [path = ''] = request.url.split('?')
    const isPage =
      request.method === 'GET' &&
      !ownPrefixes.some((each) => path.startsWith(each)) &&
      !/\.\w+$/.test(path)
    if (isPage && house.dashboard !== null) {
      const { html, policy } = await dashboardPage(house.dashboard, house.engine.random)
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('content-security-policy', policy)
        .send(html)
    }
    const language = languageOf(request)
    return reply.status(404).send({ error: inWords({ code: 'NOT_FOUND', params: {} }, language) })
  })
  return server
}
