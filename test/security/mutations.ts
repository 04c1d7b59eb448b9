/** One guard, how it is taken away, and the test that must notice. */
export interface Mutation {
  /** The case of the threat model that the guard is for. */
  against: string
  file: string
  /** Exact text that stands in the file once, and what takes its place. */
  edits: readonly (readonly [from: string, to: string])[]
  test: string
  /** Part of the full name of a test that must fail. */
  notices: string
}

const every = 'test/security/every-route.test.ts'
const ids = 'test/security/foreign-ids.test.ts'
const address = 'test/security/shop-address.test.ts'
const planted = 'test/security/planted.test.ts'
const guessing = 'test/security/guessing.test.ts'
const configuration = 'src/server/routes/configuration.test.ts'
const activation = 'src/server/routes/activation.test.ts'
const hooks = 'src/server/routes/hooks.test.ts'
const operator = 'src/server/routes/operator.test.ts'
const profile = 'src/server/routes/profile.test.ts'

const tenants: readonly Mutation[] = [
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

const forgery: readonly Mutation[] = [
  {
    against: 'webhook forgery',
    file: 'src/connectors/webshops/kmoshops/signing.ts',
    edits: [
      [
        "return timingSafeEqual(expected, Buffer.from(given, 'hex'))",
        'return timingSafeEqual(expected, expected)',
      ],
    ],
    test: hooks,
    notices: 'signed by the shop itself: wrong',
  },
  {
    against: 'webhook forgery',
    file: 'src/connectors/webshops/kmoshops/signing.ts',
    edits: [
      [
        "if (secret === '' || given === undefined || !hexOfSha512.test(given)) return false",
        'if (given === undefined || !hexOfSha512.test(given)) return false',
      ],
    ],
    test: 'src/connectors/webshops/kmoshops/signing.test.ts',
    notices: '',
  },
  {
    against: 'webhook forgery',
    file: 'src/connectors/webshops/seoshop/signing.ts',
    edits: [
      [
        "return timingSafeEqual(Buffer.from(md5(text + secret), 'hex'), Buffer.from(given, 'hex'))",
        'return true',
      ],
    ],
    test: 'src/connectors/webshops/seoshop/webhook.test.ts',
    notices: '',
  },
  {
    against: 'webhook forgery, by another shop of the platform',
    file: 'src/connectors/webshops/kmoshops/webhook.ts',
    edits: [["if (!isOurs) return rejected('WEBHOOK_FOREIGN')", 'void isOurs']],
    test: hooks,
    notices: 'well signed and about a shop of another host',
  },
  {
    against: 'webhook forgery, by another shop of the platform',
    file: 'src/connectors/webshops/seoshop/webhook.ts',
    edits: [["if (!isOurs) return rejected('WEBHOOK_FOREIGN')", 'void isOurs']],
    test: 'src/connectors/webshops/seoshop/webhook.test.ts',
    notices: '',
  },
  {
    against: 'webhook replay',
    file: 'src/connectors/webshops/kmoshops/webhook.ts',
    edits: [['if (ageMs > freshMs) {', 'if (ageMs === freshMs) {']],
    test: hooks,
    notices: 'replayed: made more than an hour ago',
  },
  {
    against: 'store call forgery',
    file: 'src/connectors/webshops/kmoshops/store.ts',
    edits: [
      [
        "if (!isSignedBy(secret, request.headers['x-hash'], registeredUrl, request.body)) {",
        'if (secret === request.body) {',
      ],
    ],
    test: 'src/server/routes/store.test.ts',
    notices: 'that is badly-signed leaves nothing',
  },
  {
    against: 'store call replay',
    file: 'src/connectors/webshops/seoshop/store.ts',
    edits: [
      [
        "if (!isFresh(shape['timestamp'] ?? '', request.receivedAt)) return rejected('STORE_CALL_STALE')",
        '',
      ],
    ],
    test: 'src/connectors/webshops/seoshop/store.test.ts',
    notices: 'good for an hour',
  },
  {
    against: 'store claim forgery',
    file: 'src/merchants/key-ring.ts',
    edits: [
      ['  cipher.setAAD(Buffer.from(place))', ''],
      ['    decipher.setAAD(Buffer.from(place))', ''],
    ],
    test: 'src/merchants/vault.test.ts',
    notices: 'an envelope opens in its own row only',
  },
  {
    against: 'OAuth callback forgery',
    file: 'src/merchants/sign-in-flow.ts',
    edits: [['begun.userId !== userId || ', '']],
    test: configuration,
    notices: 'a colleague who did not begin it',
  },
  {
    against: 'OAuth callback replay',
    file: 'src/merchants/sign-in-flow.ts',
    edits: [
      [
        ".deleteFrom('signIns')\n    .where('state', '=', state)\n    .returning('sealed')",
        ".selectFrom('signIns')\n    .where('state', '=', state)\n    .select('sealed')",
      ],
    ],
    test: configuration,
    notices: 'works once, for who began it',
  },
  {
    against: 'OAuth callback, seat lost in between',
    file: 'src/merchants/sign-in-flow.ts',
    edits: [
      ["if (!(await mayConnect(integrationId))) return { is: 'unknown' }", 'void mayConnect'],
    ],
    test: configuration,
    notices: 'connects nothing for who lost their seat',
  },
  {
    against: 'activation forgery',
    file: 'src/server/routes/activation.ts',
    edits: [['if (hostOf(consent.shop) !== hostOf(shopUrl)) {', "if (consent.shop === '') {"]],
    test: activation,
    notices: 'for another domain than that of the shop',
  },
  {
    against: 'activation forgery, keys that nobody announced',
    file: 'src/merchants/activation.ts',
    edits: [['if (waiting.key !== key) return null', '']],
    test: activation,
    notices: 'for a consumer key that nobody announced',
  },
  {
    against: 'activation forgery, guessing of licence keys',
    file: 'src/server/routes/activation.ts',
    edits: [["if (limit.isBlocked(request.ip)) throw new ProblemAnswer('TOO_MANY_REQUESTS')", '']],
    test: activation,
    notices: 'is heard no more from who keeps guessing',
  },
  {
    against: 'CSRF',
    file: 'src/server/server.ts',
    edits: [
      [
        "done(!safe && foreign ? new ProblemAnswer('FOREIGN_ORIGIN') : undefined)",
        'void safe, foreign\n      done()',
      ],
    ],
    test: every,
    notices: 'closed to another website',
  },
  {
    against: 'CSRF',
    file: 'src/server/routes/activation.ts',
    edits: [
      [
        'if (origin !== undefined && origin !== new URL(house.publicUrl).origin) {',
        "if (origin === 'x') {",
      ],
    ],
    test: activation,
    notices: 'when a page elsewhere sends the form',
  },
  {
    against: 'CSRF, cookies that go along from elsewhere',
    file: 'src/merchants/sign-in.ts',
    edits: [["{ sameSite: 'lax', httpOnly: true }", "{ sameSite: 'none', httpOnly: true }"]],
    test: 'src/server/routes/sign-in.test.ts',
    notices: 'a cookie no script and no other site gets at',
  },
  {
    against: 'stored XSS, cookies that a script can read',
    file: 'src/merchants/sign-in.ts',
    edits: [["{ sameSite: 'lax', httpOnly: true }", "{ sameSite: 'lax', httpOnly: false }"]],
    test: 'src/server/routes/sign-in.test.ts',
    notices: 'a cookie no script and no other site gets at',
  },
  {
    against: 'open redirect, after signing in',
    file: 'web/src/sign-in/own-path.ts',
    edits: [['url?.origin === anywhere && ', '']],
    test: 'web/src/sign-in/own-path.test.ts',
    notices: 'is sent to no other website',
  },
  {
    against: 'open redirect, after signing in',
    file: 'src/merchants/sign-in.ts',
    edits: [
      ['trustedOrigins: [publicUrl],', "trustedOrigins: [publicUrl, 'https://evil.example'],"],
    ],
    test: 'src/commands/serve.test.ts',
    notices: 'sends nobody who signs in to another website',
  },
  {
    against: 'open redirect',
    file: 'src/connectors/webshops/kmoshops/store.ts',
    edits: [
      [
        'return there !== null && shop !== null && there.host === shop.host',
        'return there !== null && shop !== null',
      ],
    ],
    test: 'src/connectors/webshops/kmoshops/store.test.ts',
    notices: '',
  },
  {
    against: 'open redirect',
    file: 'src/server/routes/activation.ts',
    edits: [
      [
        'hostOf(returnUrl) === hostOf(shopUrl) ? returnUrl : null',
        'hostOf(shopUrl) === null ? null : returnUrl',
      ],
    ],
    test: activation,
    notices: 'goes back to no other place than the shop',
  },
]

const addresses: readonly Mutation[] = [
  {
    against: 'SSRF, addresses in digits',
    file: 'src/connectors/http.ts',
    edits: [['guard.checkLiteral(url.hostname)', '']],
    test: address,
    notices: 'written as 127.0.0.1',
  },
  {
    against: 'SSRF, names',
    file: 'src/connectors/private-address.ts',
    edits: [['for (const { address } of found) check(address)', '']],
    test: address,
    notices: 'by a name that leads there',
  },
  {
    against: 'SSRF, DNS rebinding',
    file: 'src/connectors/http.ts',
    edits: [
      [
        'connect: { timeout: connectTimeoutMs, lookup: guard.lookup }',
        'connect: { timeout: connectTimeoutMs }',
      ],
    ],
    test: address,
    notices: 'written as localhost',
  },
  {
    against: 'SSRF, several addresses of one name',
    file: 'src/connectors/private-address.ts',
    edits: [['for (const { address } of found) check(address)', "check(found[0]?.address ?? '')"]],
    test: address,
    notices: 'one public address and one of ours',
  },
  {
    against: 'SSRF, mapped IPv6',
    file: 'src/connectors/private-address.ts',
    edits: [
      [
        'const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)',
        "const canonical = ''",
      ],
      ["  ['::', 3, 'ipv6'],\n", ''],
    ],
    test: address,
    notices: 'written as [::ffff:127.0.0.1]',
  },
  {
    against: 'SSRF, NAT64 and what nobody has',
    file: 'src/connectors/private-address.ts',
    edits: [["  ['::', 3, 'ipv6'],\n", '']],
    test: address,
    notices: 'written as [64:ff9b::7f00:1]',
  },
  {
    against: 'SSRF, zone ids',
    file: 'src/connectors/private-address.ts',
    edits: [['const address = withoutZone(found)', 'const address = found']],
    test: address,
    notices: 'with a zone behind it',
  },
  {
    against: 'SSRF, cloud metadata',
    file: 'src/connectors/private-address.ts',
    edits: [["  ['168.63.129.16', 32, 'ipv4'],\n", '']],
    test: address,
    notices: 'written as 168.63.129.16',
  },
  {
    against: 'SSRF, cloud metadata',
    file: 'src/connectors/private-address.ts',
    edits: [["  ['169.254.0.0', 16, 'ipv4'],\n", '']],
    test: address,
    notices: 'written as 169.254.169.254',
  },
  {
    against: 'SSRF, redirects',
    file: 'src/connectors/http.ts',
    edits: [
      [
        "import { Agent, type Dispatcher } from 'undici'",
        "import { Agent, interceptors, type Dispatcher } from 'undici'",
      ],
      [
        '    keepAliveMaxTimeout: 4_000,\n  })',
        '    keepAliveMaxTimeout: 4_000,\n  }).compose(interceptors.redirect({ maxRedirections: 5 })) as Agent',
      ],
    ],
    test: address,
    notices: 'by a redirect of a shop',
  },
  {
    against: 'SSRF, other ways of talking',
    file: 'src/connectors/settings.ts',
    edits: [['z.url({ protocol: /^https?$/ })', 'z.url()']],
    test: address,
    notices: 'can name no other way of talking than http',
  },
  {
    against: 'stored keys brought elsewhere',
    file: 'src/merchants/kept-secrets.ts',
    edits: [['if (goesElsewhere && kept.length > 0) return null', 'void goesElsewhere']],
    test: 'test/security/kept-secrets.test.ts',
    notices: 'never brought to another address',
  },
]

const injection: readonly Mutation[] = [
  {
    against: 'stored XSS, our own pages',
    file: 'src/server/escape-html.ts',
    edits: [
      [
        `text.replace(/[&<>"']/g, (character) => entities[character] ?? '')`,
        'entities[text] ?? text',
      ],
    ],
    test: activation,
    notices: 'nothing that a link puts into it as markup',
  },
  {
    against: 'stored XSS, mails',
    file: 'src/support/mail/render-mail.ts',
    edits: [[`text.replace(/[&<>"']/g, (mark) => marks[mark] ?? mark)`, 'marks[text] ?? text']],
    test: 'src/support/mail/send-mails.test.ts',
    notices: 'arrives as plain text and HTML',
  },
  {
    against: 'stored XSS, answers taken for pages',
    file: 'src/server/server.ts',
    edits: [
      [
        "    referrerPolicy: { policy: 'same-origin' },",
        "    referrerPolicy: { policy: 'same-origin' },\n    xContentTypeOptions: false,",
      ],
    ],
    test: planted,
    notices: 'is data and never a page',
  },
  {
    against: 'stored XSS, the dashboard',
    file: 'web/src/shell/missing.tsx',
    edits: [
      ["{t('missing.back')}", "<span dangerouslySetInnerHTML={{ __html: t('missing.back') }} />"],
    ],
    test: 'test/security/dashboard-source.test.ts',
    notices: 'markup from text',
  },
  {
    against: 'stored XSS, links in a guide',
    file: 'src/server/guide.ts',
    edits: [['(?<href>https?:[^)]+)', '(?<href>[^)]+)']],
    test: 'src/server/guide.test.ts',
    notices: 'makes links of web addresses only',
  },
  {
    against: 'CSV injection',
    file: 'src/server/csv.ts',
    edits: [["(risky ? \"'\" : '') + ", "(risky ? '' : '') + "]],
    test: 'src/server/csv.test.ts',
    notices: 'is no formula',
  },
  {
    against: 'CSV injection',
    file: 'src/server/csv.ts',
    edits: [['.replace(formulaInside, "$1\'")', '.replace(formulaInside, "$1")']],
    test: 'src/server/csv.test.ts',
    notices: 'where a comma or a tab separates',
  },
  {
    against: 'path traversal, files of the dashboard',
    file: 'src/server/server.ts',
    edits: [
      [
        '  server.setNotFoundHandler(async (request, reply) => {',
        "  const { readFile } = await import('node:fs/promises')\n  server.setNotFoundHandler(async (request, reply) => {\n    const wanted = decodeURIComponent(request.url)\n    const file = await readFile(`${house.dashboard ?? ''}/${wanted}`).catch(() => null)\n    if (file !== null) return reply.send(file)",
      ],
    ],
    test: 'src/server/server.test.ts',
    notices: 'gives nothing outside its folder',
  },
  {
    against: 'path traversal, files of a zip',
    file: 'src/world/zip.ts',
    edits: [['if (!isInside(path))', "if (!isInside(path) && path === '')"]],
    test: 'src/world/zip.test.ts',
    notices: 'leads out of it',
  },
  {
    against: 'path traversal, PDF',
    file: 'src/server/routes/licence.ts',
    edits: [['invoiceId: z.uuid() })\n    server', 'invoiceId: z.string() })\n    server']],
    test: ids,
    notices: 'a PDF is asked for by its id',
  },
  {
    against: 'header injection in mails, second recipients',
    file: 'src/support/mail/mail-transport.ts',
    edits: [["to: { name: '', address: mail.to }", 'to: mail.to']],
    test: 'src/support/mail/send-mails.test.ts',
    notices: 'goes to one recipient',
  },
  {
    against: 'header injection in mails, at the door',
    file: 'src/server/api/shapes.ts',
    edits: [['.regex(/^\\P{Cc}*$/u)', '']],
    test: 'src/server/routes/front.test.ts',
    notices: 'a break in the name',
  },
  {
    against: 'header injection in mails',
    file: 'src/support/mail/render-mail.ts',
    edits: [["text.replace(/\\s+/g, ' ').trim()", 'text.trim()']],
    test: 'src/support/mail/render-mail.test.ts',
    notices: 'a line break in a name starts no header',
  },
  {
    against: 'mass assignment',
    file: 'src/server/api/profile.ts',
    edits: [['const notifications = z.object({', 'const notifications = z.looseObject({']],
    test: 'test/security/mass-assignment.test.ts',
    notices: 'nothing that is smuggled along arrives',
  },
]

const people: readonly Mutation[] = [
  {
    against: 'user enumeration, times',
    file: 'src/server/routes/front.ts',
    edits: [
      [
        'await alike(engine.clock, () => sendPasswordLink(engine, publicUrl, body.email))',
        'await sendPasswordLink(engine, publicUrl, body.email)',
      ],
    ],
    test: guessing,
    notices: 'takes as long for who exists',
  },
  {
    against: 'user enumeration, answers',
    file: 'src/server/routes/sign-in.ts',
    edits: [
      [
        '        reply.status(answer.status)\n',
        '        const known = await house.pool.query(\'select 1 from "user" where email = $1\', [guessed])\n        reply.status(answer.status === 401 && known.rows.length === 0 ? 404 : answer.status)\n',
      ],
    ],
    test: guessing,
    notices: 'take the same time and say the same',
  },
  {
    against: 'brute force, from everywhere',
    file: 'src/server/routes/sign-in.ts',
    edits: [
      [
        "if (guessed !== null && (await isShut(db, clock, 'wrong-password', guessed))) {",
        "if (guessed !== null && guessed === '') {",
      ],
    ],
    test: guessing,
    notices: 'ends after fifty tries in an hour',
  },
  {
    against: 'brute force, from one address',
    file: 'src/merchants/sign-in.ts',
    edits: [
      [
        "'/sign-in/email': { window: 60, max: 10 },",
        "'/sign-in/email': { window: 60, max: 10_000 },",
      ],
    ],
    test: 'src/server/routes/sign-in.test.ts',
    notices: 'stops after ten tries a minute',
  },
  {
    against: 'brute force, under a false address',
    file: 'src/server/routes/sign-in.ts',
    edits: [["headers.set('x-forwarded-for', request.ip)", '']],
    test: 'src/server/routes/sign-in.test.ts',
    notices: 'go on by naming another address',
  },
  {
    against: 'user enumeration, signing up',
    file: 'src/server/routes/front.ts',
    edits: [
      [
        'await alike(engine.clock, () => signUp(engine, publicUrl, wanted, claim))',
        'await signUp(engine, publicUrl, wanted, claim)',
      ],
    ],
    test: 'src/server/routes/front.test.ts',
    notices: 'takes as long for a known address',
  },
  {
    against: 'brute force, webhooks',
    file: 'src/server/failure-limit.ts',
    edits: [['const failuresMax = 60', 'const failuresMax = 60_000']],
    test: hooks,
    notices: 'is turned away after sixty bad signatures',
  },
  {
    against: 'session fixation',
    file: 'src/server/routes/sign-in.ts',
    edits: [
      [
        'if (cookies.length > 0) reply',
        'if (cookies.length > 0 && request.headers.cookie === undefined) reply',
      ],
    ],
    test: guessing,
    notices: 'never the one that is signed in',
  },
  {
    against: 'privilege step, merchant to operator',
    file: 'src/server/operator-route.ts',
    edits: [
      [
        "if (!(await isOperator(house.engine.db, visitor.userId))) throw new ProblemAnswer('NOT_FOUND')",
        'void isOperator',
      ],
    ],
    test: operator,
    notices: 'is not there for a merchant',
  },
  {
    against: 'privilege step, operator without second factor',
    file: 'src/server/operator-route.ts',
    edits: [["if (!visitor.strong) throw new ProblemAnswer('SECOND_FACTOR_MISSING')", '']],
    test: operator,
    notices: 'stays locked for an operator without a second factor',
  },
  {
    against: 'privilege step, view that is only for looking',
    file: 'src/server/seat.ts',
    edits: [["role: view.escalatedAt === null ? 'member' : 'admin'", "role: 'admin'"]],
    test: operator,
    notices: 'is read-only, then escalated',
  },
  {
    against: 'privilege step, looking to changing',
    file: 'src/server/seat.ts',
    edits: [["if (seat.role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')", '']],
    test: every,
    notices: 'changes nothing for a seat that may only look',
  },
  {
    against: 'privilege step, giving more than one has',
    file: 'src/merchants/seats.ts',
    edits: [
      ['role === null || within[actor].includes(role)', "role === null || actor !== 'member'"],
    ],
    test: profile,
    notices: 'an admin makes no owner',
  },
  {
    against: 'privilege step, token without scope',
    file: 'src/server/seat.ts',
    edits: [
      [
        "if (access !== 'public' && !opened.scopes.includes(access)) {",
        "if (access === 'public') {",
      ],
    ],
    test: every,
    notices: 'takes no token without its scope',
  },
  {
    against: 'privilege step, token for a person',
    file: 'src/server/seat.ts',
    edits: [
      [
        "if (access === 'session') throw new ProblemAnswer('PERSON_NEEDED')",
        "if (access === 'session') return { ...(await userOf(house, opened.userId)), proof: { by: 'token' }, strong: false }",
      ],
      [
        'const visitorBySession',
        "const userOf = async (house: House, id: string) => {\n  const user = await userById(house.pool, id)\n  if (user === null) throw new ProblemAnswer('TOKEN_UNKNOWN')\n  return { ...user, userId: user.id }\n}\n\nconst visitorBySession",
      ],
    ],
    test: every,
    notices: 'none at all where it takes a person',
  },
  {
    against: 'privilege step, licence key by a reading token',
    file: 'src/server/seat.ts',
    edits: [["seat.visitor.proof.by === 'session' ? seat : { ...seat, role: 'member' }", 'seat']],
    test: activation,
    notices: 'tells a token no licence key',
  },
]

const secrets: readonly Mutation[] = [
  {
    against: 'secrets in answers',
    file: 'src/server/routes/configuration.ts',
    edits: [
      [
        "field !== undefined && field.kind !== 'secret' && field.hidden !== true",
        'field !== undefined',
      ],
    ],
    test: planted,
    notices: 'holds no secret, in any answer',
  },
  {
    against: 'secrets in answers, repeated by a remote',
    file: 'src/connectors/sent-secrets.ts',
    edits: [['return [value, credentials, ...basic, ', 'return [value, credentials, ']],
    test: 'src/connectors/sent-secrets.test.ts',
    notices: 'loses HTTP Basic',
  },
  {
    against: 'secrets in tickets',
    file: 'src/connectors/recording-http.ts',
    edits: [
      [
        'withoutSecrets(answer.body, request)',
        'withoutSecrets(answer.body, { ...request, headers: {} })',
      ],
    ],
    test: planted,
    notices: 'brings no key into a ticket',
  },
  {
    against: 'secrets and buyers in logs',
    file: 'src/world/error-in-log.ts',
    edits: [["error.message.replace(/\"[^\"]*\"|'[^']*'/g, '…')", 'error.message']],
    test: 'src/world/error-in-log.test.ts',
    notices: 'a value of the wrong kind',
  },
  {
    against: 'secrets and buyers in logs',
    file: 'src/world/error-in-log.ts',
    edits: [["['code', 'severity',", "['detail', 'code', 'severity',"]],
    test: 'src/world/error-in-log.test.ts',
    notices: 'a row that is there already',
  },
  {
    against: 'secrets in an export',
    file: 'src/merchants/merchant-data.ts',
    edits: [
      ['!secretColumns.has(name) && !isEnvelope(value) && !Buffer.isBuffer(value)', "name !== ''"],
    ],
    test: profile,
    notices: 'without anybody else’s and without secrets',
  },
  {
    against: 'a stolen dump',
    file: 'src/support/tickets/open-ticket.ts',
    edits: [
      [
        'vault.seal(JSON.stringify(attachment), places.ticketAttachment(id))',
        'JSON.stringify(attachment)',
      ],
    ],
    test: planted,
    notices: 'opens no credentials, sessions, passwords or links',
  },
  {
    against: 'a stolen dump, keys of shops and books',
    file: 'src/merchants/vault.ts',
    edits: [
      ['seal: (text, place) => seal(ring, random, text, place)', 'seal: (text) => text'],
      ['open: (envelope, place) => unseal(ring, envelope, place)', 'open: (envelope) => envelope'],
    ],
    test: planted,
    notices: 'opens no credentials, sessions, passwords or links',
  },
  {
    against: 'key rotation',
    file: 'src/merchants/vault.ts',
    edits: [
      [
        "await db.updateTable('signIns').set({ sealed }).where('state', '=', row.state).execute()",
        '',
      ],
    ],
    test: 'test/security/key-rotation.test.ts',
    notices: 'the keys are changed under load',
  },
  {
    against: 'key rotation, what is saved meanwhile',
    file: 'src/merchants/vault.ts',
    edits: [["        .where(column, '=', old)\n", '']],
    test: 'src/merchants/vault.test.ts',
    notices: 'between its look and its change',
  },
  {
    against: 'content policy',
    file: 'src/server/content-policy.ts',
    edits: [[`scriptSrc: ["'self'"],`, `scriptSrc: ["'self'", "'unsafe-inline'"],`]],
    test: 'src/server/server.test.ts',
    notices: 'keep it to ourselves',
  },
  {
    against: 'content policy, styles',
    file: 'src/server/content-policy.ts',
    edits: [[`styleSrc: ["'self'"],`, `styleSrc: ["'self'", "'unsafe-inline'"],`]],
    test: 'src/server/server.test.ts',
    notices: 'keep it to ourselves',
  },
  {
    against: 'content policy, styles in a browser',
    file: 'src/server/content-policy.ts',
    edits: [
      ["styleSrc: [\"'self'\", `'${source}'`]", 'styleSrc: ["\'self\'", "\'unsafe-inline\'"]'],
    ],
    test: 'src/server/server.test.ts',
    notices: 'a style of this page only',
  },
  {
    against: 'content policy, documentation',
    file: 'src/server/content-policy.ts',
    edits: [['policyWithStyle(swaggersLogo)', "policyWithStyle('unsafe-inline')"]],
    test: 'src/server/server.test.ts',
    notices: 'of the documentation let it load nothing from elsewhere',
  },
  {
    against: 'security headers, https',
    file: 'src/server/server.ts',
    edits: [
      [
        "strictTransportSecurity: house.publicUrl.startsWith('https:')",
        'strictTransportSecurity: false',
      ],
    ],
    test: 'src/server/server.test.ts',
    notices: 'keep it to ourselves',
  },
  {
    against: 'security headers, addresses told to others',
    file: 'src/server/server.ts',
    edits: [
      ["referrerPolicy: { policy: 'same-origin' }", "referrerPolicy: { policy: 'unsafe-url' }"],
    ],
    test: 'src/server/server.test.ts',
    notices: 'keep it to ourselves',
  },
  {
    against: 'security headers, copies of answers',
    file: 'src/server/server.ts',
    edits: [["reply.header('cache-control', 'no-store')", 'void reply']],
    test: 'src/server/server.test.ts',
    notices: 'let no browser keep what belongs to a person',
  },
  {
    against: 'framing',
    file: 'src/server/content-policy.ts',
    edits: [[`  frameAncestors: ["'none'"],\n`, '']],
    test: 'src/server/server.test.ts',
    notices: 'keep it to ourselves',
  },
  {
    against: 'a process that is taken over, worker',
    file: 'src/database/roles.ts',
    edits: [['  session: [all, none],', '  session: [all, read],']],
    test: 'test/security/roles.test.ts',
    notices: 'a worker can’t: select * from session',
  },
  {
    against: 'a process that is taken over, web',
    file: 'src/database/roles.ts',
    edits: [["  operator_log: [['s', 'i'], none],", '  operator_log: [all, none],']],
    test: 'test/security/roles.test.ts',
    notices: 'the web server can’t: delete from operator_log',
  },
  {
    against: 'bad dependencies',
    file: 'scripts/lock-audit.ts',
    edits: [["integrity.startsWith('sha512-')", "integrity.startsWith('sha')"]],
    test: 'test/security/lock-audit.test.ts',
    notices: 'refuses a weak hash',
  },
  {
    against: 'bad dependencies, licences',
    file: 'scripts/lock-audit.ts',
    edits: [
      [
        'licence !== undefined && !isAllowed(licence)',
        "licence !== undefined && !isAllowed(licence) && licence === ''",
      ],
    ],
    test: 'test/security/lock-audit.test.ts',
    notices: 'refuses a licence that the AGPL does not go with',
  },
  {
    against: 'bad dependencies, scripts',
    file: 'scripts/lock-audit.ts',
    edits: [
      [
        'hasInstallScript && !isInstaller(name)',
        "hasInstallScript && !isInstaller(name) && name === ''",
      ],
    ],
    test: 'test/security/lock-audit.test.ts',
    notices: 'refuses a script at installation',
  },
  {
    against: 'deletion that deletes',
    file: 'src/merchants/merchant-data.ts',
    edits: [
      [
        '      if (keptTables.has(table.name)) continue',
        "      if (keptTables.has(table.name) || table.name === 'seat_offers') continue",
      ],
    ],
    test: profile,
    notices: 'is deleted for good',
  },
  {
    against: 'deletion that deletes, people',
    file: 'src/merchants/merchant-data.ts',
    edits: [["    await trx.deleteFrom('mails').where('toAddress', '=', email).execute()\n", '']],
    test: profile,
    notices: 'is deleted for good',
  },
  {
    against: 'keys of a stopped integration',
    file: 'src/merchants/connections.ts',
    edits: [["        .where('state', '<>', 'stopped')\n", '']],
    test: 'src/merchants/connections.test.ts',
    notices: 'gives no keys to an integration that is being stopped',
  },
]

/** Every guard that is shown to be one. */
export const mutations: readonly Mutation[] = [
  ...tenants,
  ...forgery,
  ...addresses,
  ...injection,
  ...people,
  ...secrets,
]
