import { expect, test } from 'vitest'
import { startFactuursturen } from '../../sandbox/factuursturen/index.ts'
import { startKmoshops } from '../../sandbox/kmoshops/index.ts'
import { askSurvey, findSurvey, steerSurvey } from '../../src/bookings/surveys/ask-survey.ts'
import { countStandings } from '../../src/bookings/surveys/survey-summary.ts'
import { startJobs } from '../../src/jobs/jobs.ts'
import { makeHome, startProcess, until, type Running } from '../crash/processes.ts'
import { createTestDatabase } from '../support/database.ts'
import { installIntegration, openTestEngine } from '../support/engine.ts'

/**
 * A migration, half of it booked by hand before; paused, its worker killed −9 again and again, resumed. Counted
 * in the ledger of the books. MIGRATION_SALES=5000 for whoever has more time: 150 s.
 */
const sales = Number(process.env['MIGRATION_SALES'] ?? 600)
const customers = 200
const patienceMs = 180_000
const mokCents = 1210

const emailOf = (customer: number) => `klant${customer}@voorbeeld.example`
const dayOf = (sale: number) => `2026-${String((sale % 9) + 1).padStart(2, '0')}-15`

test(
  `a migration of ${sales} sales, half of them booked by hand, killed and paused, loses and doubles none`,
  { timeout: 400_000 },
  async () => {
    const database = await createTestDatabase()
    const home = await makeHome()
    const shop = await startKmoshops({ limits: 'off' })
    const books = await startFactuursturen({ limits: 'off' })
    const bench = openTestEngine(database)
    const jobs = await startJobs({ url: database.url, role: 'sender', onError: () => undefined })
    const { engine } = bench
    engine.ringSurvey = (id) => jobs.send('survey', { integrationId: id }, id)
    engine.ring = (trx, id) => jobs.send('drain', { integrationId: id }, id, trx.getExecutor())
    const workers: Running[] = []
    const startWorker = () => {
      const worker = startProcess({
        program: 'worker',
        databaseUrl: database.url,
        home: home.folder,
        env: { DOORVOER_PACES: 'kmoshops=100000/1s/20,factuursturen=100000/1s/20' },
      })
      workers.push(worker)
      return worker
    }
    const plant = async (what: string, body: unknown) => {
      const answer = await fetch(`${books.url}/_sandbox/${what}`, {
        method: 'POST',
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(await answer.text())
    }
    try {
      const id = await installIntegration(
        engine,
        { system: 'kmoshops', credentials: { apiRoot: shop.url, ...shop.credentials } },
        {
          system: 'factuursturen',
          credentials: {
            userName: books.account.user,
            apiKey: books.account.apiKey,
            baseUrl: `${books.url}/api/v1`,
          },
        },
        { homeCountry: 'NL' },
      )
      const placed = shop.placeOrders(
        Array.from({ length: sales }, (_, sale) => ({
          email: emailOf(sale % customers),
          country: 'NL',
          // Amounts that tell the sales of one customer and day apart.
          lines: [{ name: 'Mok', unitPrice: 12.1, quantity: sale + 1 }],
          createdAt: `${dayOf(sale)}T10:00:00Z`,
          webhook: 'lost' as const,
        })),
      )
      await plant(
        'clients',
        Array.from({ length: customers }, (_, customer) => ({
          clientnr: 1_000 + customer,
          email: emailOf(customer),
          contact: `Klant ${customer}`,
          tax_type: 'intax',
        })),
      )
      // Every other one by hand: a third of those without our number, found by debtor, day and total.
      const byHand = placed.flatMap((order, sale) => (sale % 2 === 0 ? [{ order, sale }] : []))
      for (let at = 0; at < byHand.length; at += 500) {
        await plant(
          'invoices',
          byHand.slice(at, at + 500).map(({ order, sale }) => ({
            clientnr: 1_000 + (sale % customers),
            date: dayOf(sale),
            reference: { line1: sale % 3 === 0 ? 'winkel' : (order.number ?? '') },
            lines: [{ amount: sale + 1, description: 'Mok', tax_rate: 21, price: 12.1 }],
          })),
        )
      }
      expect(books.ledger().invoices).toHaveLength(byHand.length)

      const surveyOf = async (surveyId: string) => {
        const survey = await findSurvey(engine, id, surveyId)
        if (survey === undefined) throw new Error('the migration is gone')
        return survey
      }
      const asked = await askSurvey(engine, id, 'migration', {
        from: '2026-01-01',
        until: '2026-09-30',
      })
      if (asked.is === 'refused') throw new Error(asked.reason.code)
      const surveyId = asked.survey.id
      const countRead = async () => {
        const { unread: _left, ...read } = await countStandings(
          database.db,
          await surveyOf(surveyId),
        )
        return Object.values(read).reduce((sum, count) => sum + count, 0)
      }
      const countBooked = async () => {
        const found = await database.db
          .selectFrom('bookings')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('integrationId', '=', id)
          .where('state', '=', 'booked')
          .executeTakeFirst()
        return found?.count ?? 0
      }

      // Killed in the dry run, and again while it books.
      let worker = startWorker()
      await until(
        'a third read',
        patienceMs,
        async () => ((await countRead()) > sales / 3 ? true : null),
        200,
      )
      worker.signal('SIGKILL')
      await worker.ended
      worker = startWorker()
      await until(
        'the dry run',
        patienceMs,
        async () => {
          const { state } = await surveyOf(surveyId)
          return state === 'ready' ? true : null
        },
        200,
      )
      const forecast = await countStandings(database.db, await surveyOf(surveyId))
      expect(forecast).toEqual({ bookable: sales - byHand.length, 'by-hand': byHand.length })

      await steerSurvey(engine, id, surveyId, 'start')
      await until(
        'a quarter booked',
        patienceMs,
        async () => ((await countBooked()) > sales / 4 ? true : null),
        100,
      )
      worker.signal('SIGKILL')
      await worker.ended
      await steerSurvey(engine, id, surveyId, 'pause')
      const paused = await countBooked()
      worker = startWorker()
      await until('half of it', 5_000, async () =>
        (await countBooked()) > paused + 100 ? true : null,
      ).catch(() => undefined)
      // What was reserved at the moment of death may be settled; nothing new is begun.
      expect(await countBooked()).toBeLessThanOrEqual(paused + 40)
      await steerSurvey(engine, id, surveyId, 'resume')
      await until(
        'the end',
        patienceMs,
        async () => {
          const { state } = await surveyOf(surveyId)
          return state === 'done' ? true : null
        },
        200,
      )

      const { invoices } = books.ledger()
      const lost = placed.filter(
        (order, sale) =>
          !invoices.some(
            (invoice) =>
              invoice.totalCents === (sale + 1) * mokCents &&
              (invoice.reference[0] === order.number || invoice.reference[0] === 'winkel'),
          ),
      ).length
      const doubled = invoices.length - placed.length + lost
      console.log(`migration of ${sales}: lost ${lost} doubled ${doubled}`)
      expect({ lost, doubled }).toEqual({ lost: 0, doubled: 0 })
      expect(await countStandings(database.db, await surveyOf(surveyId))).toEqual({
        booked: sales - byHand.length,
        'by-hand': byHand.length,
      })
    } finally {
      for (const each of workers) each.signal('SIGKILL')
      await Promise.all(workers.map(({ ended }) => ended))
      await jobs.stop(1_000)
      await bench.close()
      await shop.close()
      await books.close()
      await database.close()
      await home.remove()
    }
  },
)
