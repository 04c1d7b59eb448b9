/**
 * The floors of the house (docs/architecture.md): a folder of src/ imports only from folders above it
 * in this list. The way of a sale runs in one direction; so do the imports.
 */
const floors = [
  'world',
  'problems',
  'money',
  'vat',
  'sale',
  'connectors',
  'database',
  'jobs',
  'merchants',
  'bookings',
  'support',
  'operator',
  'server',
  'commands',
]

const upwards = floors.slice(0, -1).map((floor, index) => ({
  name: `floor-${floor}`,
  comment: `src/${floor} stands above ${floors.slice(index + 1).join(', ')} and must not import from them`,
  severity: 'error',
  from: { path: `^src/${floor}/`, pathNot: '\\.test\\.ts$' },
  to: { path: `^src/(${floors.slice(index + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'pure-rooms',
      comment: 'What decides money is pure: no database, no network, no file system',
      severity: 'error',
      from: { path: '^src/(problems|money|vat|sale)/', pathNot: '\\.test\\.ts$' },
      to: {
        dependencyTypes: ['core', 'npm'],
        pathNot: '^(node_modules/(zod|decimal\\.js|jsvat-next)/|crypto$)',
      },
    },
    {
      name: 'connectors-are-independent',
      comment: 'A connector imports the contracts and shared tools, never another connector',
      severity: 'error',
      from: { path: '^src/connectors/(webshops|accounting)/([^/]+)/' },
      to: {
        path: '^src/connectors/(webshops|accounting)/([^/]+)/',
        // What both Magentos need, and only that, is a folder of plain files beside them.
        pathNot: '^src/connectors/($1/$2|webshops/magento)/',
      },
    },
    {
      name: 'only-the-registry-knows-connectors',
      comment: 'Everything else meets a connector through the registry and its contract',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/connectors/(registry\\.ts|webshops/|accounting/)|\\.test\\.ts$',
      },
      to: { path: '^src/connectors/(webshops|accounting)/' },
    },
    {
      name: 'sandbox-stands-alone',
      comment: 'One misreading of a remote must not hide in both the connector and its sandbox',
      severity: 'error',
      from: { path: '^sandbox/' },
      to: { path: '^(src|test|web|bench)/' },
    },
    {
      name: 'product-does-not-need-sandbox',
      comment: 'Only the demo, tests and benchmarks start sandboxes',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/commands/demo|\\.test\\.ts$' },
      to: { path: '^(sandbox|test|bench)/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      comment: 'Unused code: nothing imports this file and it is no entry point',
      severity: 'error',
      from: {
        orphan: true,
        pathNot:
          '(\\.d\\.ts|\\.test\\.ts|\\.config\\.(ts|js))$|^src/main\\.ts$|^(bench|test|scripts|web)/|^sandbox/main\\.ts$',
      },
      to: {},
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '(\\.test\\.ts$|^src/commands/demo|^src/server/dashboard-build\\.ts$)',
      },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
}
