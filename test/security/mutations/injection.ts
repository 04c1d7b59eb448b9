import type { Mutation } from './mutation.ts'

const ids = 'test/security/foreign-ids.test.ts'
const planted = 'test/security/planted.test.ts'
const activation = 'src/server/routes/activation.test.ts'

export const injection: readonly Mutation[] = [
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
