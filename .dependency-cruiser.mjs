/**
 * Who may import whom: the table of docs/architecture.md, held by `npm test`. Test files, contracts (the suites of a
 * port) and configuration stand outside it, since they put parts together that must not know each other.
 */
const tests = String.raw`\.(test|contract|e2e)\.tsx?$`
const ours = '^(packages|server|client|migrations|bench|e2e)/'

/** Forbids `from` to import any of our modules but those in `allowed`. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: [tests] },
  to: { path: ours, pathNot: allowed },
})

const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

const pure = ['^packages/(protocol|schema|record|authorship)/']

export default {
  forbidden: [
    never('no-cycles', 'Two modules that need each other are one module.', {}, { circular: true }),
    never(
      'resolvable',
      'Every import must lead somewhere.',
      { pathNot: ['^bench/'] },
      { couldNotResolve: true, pathNot: ['^virtual:'] },
    ),
    never(
      'declared',
      'A package is named in the package.json of the workspace that imports it.',
      { path: ours, pathNot: ['^migrations/', tests] },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    only('record-alone', 'The verifier runs anywhere: it knows nothing of ours.', '^packages/record/', [
      '^packages/record/',
    ]),
    never(
      'record-anywhere',
      'The verifier runs in a browser as in Node; only its command, and what makes records for tests, are for Node.',
      { path: '^packages/record/', pathNot: ['^packages/record/src/(cli|testing)/', tests] },
      { dependencyTypes: ['core'] },
    ),
    never(
      'testing-for-tests',
      'What only tests stand on: made and forged logs, a page to draw on.',
      { path: ours, pathNot: ['^(packages/record|client)/src/testing/', tests] },
      { path: '^(packages/record|client)/src/testing/' },
    ),
    only('schema-alone', 'The schema knows its libraries only.', '^packages/schema/', ['^packages/schema/']),
    only('authorship-below', 'Authorship is computed anywhere, from rows and the schema.', '^packages/authorship/', [
      '^packages/(authorship|schema)/',
    ]),
    only('verify-below', 'Verifying a whole bundle needs the format, the schema and authorship.', '^packages/verify/', [
      '^packages/(verify|authorship|record|schema)/',
    ]),
    only('witness-below', 'A witness trusts no program of the log it watches.', '^packages/witness/', [
      '^packages/(witness|record)/',
    ]),
    only('protocol-alone', 'The protocol knows its libraries only.', '^packages/protocol/', ['^packages/protocol/']),
    never(
      'migrations-frozen',
      'A migration must do tomorrow what it does today: it imports kysely alone.',
      { path: '^migrations/' },
      { pathNot: ['^node_modules/kysely/'] },
    ),
    only('core-pure', 'A room decides; it does no I/O.', '^server/src/rooms/core/', [
      ...pure,
      '^server/src/rooms/core/',
      '^server/src/rooms/ports\\.ts$',
    ]),
    never(
      'core-no-io',
      'A room decides; it does no I/O.',
      { path: '^server/src/rooms/core/', pathNot: [tests] },
      { dependencyTypes: ['core'] },
    ),
    only('rules-pure', 'Rules decide from their arguments.', '^server/src/.*/rules\\.ts$', [
      ...pure,
      '^server/src/rooms/core/',
    ]),
    never(
      'models-pure',
      'A model decides from its arguments; it may borrow types from what is around it.',
      { path: '^client/src/.*/model\\.ts$' },
      { path: ours, pathNot: [...pure, '^client/src/(lib|ui)/.*\\.ts$'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'models-without-pages',
      'A model knows nothing of how it is shown.',
      { path: '^client/src/.*/model\\.ts$' },
      { path: '^node_modules/(react|react-dom|@mantine|@tanstack)/' },
    ),
    only(
      'store-asks',
      'A store asks the database and knows the types of its own rules.',
      '^server/src/(?!auth/)(.*)/store\\.ts$',
      [...pure, '^packages/verify/', '^server/src/db/', '^server/src/$1/rules\\.ts$', '^server/src/town-time\\.ts$'],
    ),
    only('adapters', 'An adapter carries a port to the world.', '^server/src/rooms/adapters/', [
      ...pure,
      '^server/src/rooms/(adapters/|ports\\.ts$|replay\\.ts$)',
      '^server/src/db/',
    ]),
    never(
      'routes-not-db',
      'Routes speak HTTP; what is asked of the database stands in a store.',
      { path: '^server/src/.*/routes\\.ts$', pathNot: ['^server/src/http/'] },
      { path: ['^server/src/.*/store\\.ts$', '^node_modules/(kysely|pg)/'], dependencyTypesNot: ['type-only'] },
    ),
    never(
      'roots-only',
      'Only the roots know every area.',
      { path: '^server/src/', pathNot: ['^server/src/(main|compose)\\.ts$', tests] },
      { path: '^server/src/(app|main|compose)\\.ts$' },
    ),
    never(
      'lucia-behind-one-door',
      'Lucia is no longer maintained: one file to replace.',
      { path: ours, pathNot: ['^server/src/auth/sessions\\.ts$'] },
      { path: '^node_modules/(lucia|oslo|@lucia-auth)/' },
    ),
    never('server-not-client', 'They share packages, never code.', { path: '^server/' }, { path: '^client/' }),
    never(
      'no-zod-in-the-browser',
      "Contracts are types to the client; checking them is the server's work, and Zod is large.",
      { path: '^client/', pathNot: [tests] },
      { path: '^node_modules/zod/', dependencyTypesNot: ['type-only'] },
    ),
    never('client-not-server', 'They share packages, never code.', { path: '^client/' }, { path: '^server/' }),
    never(
      'packages-below',
      'Packages do not know the programs; testkit, which only tests import, may.',
      { path: '^packages/', pathNot: ['^packages/testkit/'] },
      { path: '^(server|client|bench|e2e)/' },
    ),
    never(
      'testkit-for-tests',
      'Testkit must not reach a program.',
      { path: ours, pathNot: [tests, '^packages/testkit/', '^e2e/', '^bench/'] },
      { path: '^packages/testkit/' },
    ),
    never(
      'features-apart',
      'Features meet in client/src/app.',
      { path: '^client/src/features/([^/]+)/', pathNot: [tests] },
      { path: '^client/src/features/', pathNot: ['^client/src/features/$1/'] },
    ),
    never(
      'client-layers',
      'Features, sync, ui and lib do not know the app around them.',
      { path: '^client/src/(features|reading|sync|ui|lib|locales)/', pathNot: [tests] },
      { path: '^client/src/(app/|main\\.tsx|router\\.tsx)' },
    ),
    never(
      'client-ground',
      'sync, ui and lib have no feature in them.',
      { path: '^client/src/(sync|ui|lib|locales)/', pathNot: [tests] },
      { path: '^client/src/features/' },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/'] },
    includeOnly: undefined,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      mainFields: ['module', 'main', 'types'],
    },
  },
}
