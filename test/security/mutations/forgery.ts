import type { Mutation } from './mutation.ts'

const every = 'test/security/every-route.test.ts'
const configuration = 'src/server/routes/configuration.test.ts'
const activation = 'src/server/routes/activation.test.ts'
const hooks = 'src/server/routes/hooks.test.ts'

export const forgery: readonly Mutation[] = [
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
