import type { Mutation } from './mutation.ts'

const every = 'test/security/every-route.test.ts'
const ids = 'test/security/foreign-ids.test.ts'

export const tenants: readonly Mutation[] = [
  {
    against: 'tenant isolation',
    file: 'src/server/seat.ts',
    edits: [['seats.find((each) => each.merchantId === integration?.merchantId)', 'seats[0]']],
    test: every,
    notices: 'does not exist for a stranger',
  },
  {
    against: 'tenant isolation',
    file: 'src/server/seat.ts',
    edits: [['seats.find((each) => each.merchantId === merchantId)', 'seats[0]']],
    test: every,
    notices: 'does not exist for a stranger',
  },
  {
    against: 'tenant isolation',
    file: 'src/server/seat.ts',
    edits: [["if (found === null) throw new ProblemAnswer('NOT_SIGNED_IN')", '']],
    test: every,
    notices: 'gives nothing to nobody',
  },
  {
    against: 'tenant isolation, ids of others',
    file: 'src/server/routes/licence.ts',
    edits: [
      [
        ".where('id', '=', invoiceId)\n          .where('integrationId', '=', integrationId)",
        ".where('id', '=', invoiceId)",
      ],
    ],
    test: ids,
    notices: 'seen or changed by its id',
  },
  {
    against: 'tenant isolation, ids of others',
    file: 'src/server/routes/configuration.ts',
    edits: [
      [
        'seats.filter((each) => merchantId === undefined || each.merchantId === merchantId)',
        'seats',
      ],
    ],
    test: ids,
    notices: 'made at somebody else’s merchant',
  },
  {
    against: 'tenant isolation, jobs',
    file: 'src/merchants/connections.ts',
    edits: [
      [
        "db.selectFrom('connections').selectAll().where('integrationId', '=', integrationId).execute()",
        "db.selectFrom('connections').selectAll().where('integrationId', '<>', integrationId).execute()",
      ],
    ],
    test: 'test/security/jobs.test.ts',
    notices: 'reads, calls and changes nothing of another',
  },
  {
    against: 'tenant isolation, ids of others',
    file: 'src/bookings/decisions.ts',
    edits: [
      [
        'where integration_id = ${integrationId} and ${matches(selection)}',
        'where ${matches(selection)}',
      ],
      [
        'from chosen where integration_id = ${integrationId} and id = chosen_id`.execute(engine.db)\n  const accepted',
        'from chosen where id = chosen_id`.execute(engine.db)\n  const accepted',
      ],
    ],
    test: ids,
    notices: 'a list that names somebody else’s bookings',
  },
  {
    against: 'tenant isolation, ids of others',
    file: 'src/server/routes/support.ts',
    edits: [
      [
        'await findBooking(engine.db, integrationId, body.bookingId)',
        "await findBooking(engine.db, (await engine.db.selectFrom('bookings').select('integrationId').where('id', '=', body.bookingId).executeTakeFirst())?.integrationId ?? integrationId, body.bookingId)",
      ],
    ],
    test: ids,
    notices: 'a ticket can’t be about somebody else’s booking',
  },
  {
    against: 'tenant isolation, live updates',
    file: 'src/server/routes/live.ts',
    edits: [
      [
        'const { visitor } = await seatAt(house, request, integrationId)',
        "const visitor = { userId: 'anybody' }",
      ],
    ],
    test: 'src/server/routes/live.test.ts',
    notices: 'are for who has a seat',
  },
]
