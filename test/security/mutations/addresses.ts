import type { Mutation } from './mutation.ts'

const address = 'test/security/shop-address.test.ts'

export const addresses: readonly Mutation[] = [
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
