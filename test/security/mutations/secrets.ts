import type { Mutation } from './mutation.ts'

const planted = 'test/security/planted.test.ts'
const profile = 'src/server/routes/profile.test.ts'

export const secrets: readonly Mutation[] = [
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
