import { floorOfEveryFolder, floorRules, noCycles } from './engine-floors.ts'

/**
 * The arrows of the architecture: shells → platform → engine → contract ← renderer, no cycles; within the engine, its floors.
 * Tests may reach further than the code beside them where they start a real counterpart (simulators), so rules that say
 * "production code" leave *.test.ts out.
 */
const TEST = '\\.test\\.tsx?$'
const SHELLS = '^src/(main|web|cli)/'

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...floorRules,
    floorOfEveryFolder,
    noCycles,
    {
      name: 'not-resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^electron$' },
    },
    {
      name: 'contract-stands-alone',
      comment: 'The contract imports zod and the oRPC contract, nothing else.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: TEST },
      to: { pathNot: ['^src/contract/', 'node_modules/(zod|@orpc/contract)/'] },
    },
    {
      name: 'engine-knows-no-host',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: TEST },
      to: { path: ['^src/(platform|main|web|cli|renderer)/', 'node_modules/(electron|react|react-dom|@mantine)/'] },
    },
    {
      name: 'platform-knows-no-shell',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: [SHELLS, '^src/renderer/'] },
    },
    {
      name: 'shells-stand-apart',
      comment: 'A shell composes platform and engine; it takes nothing from another shell.',
      severity: 'error',
      from: { path: '^src/(main|web|cli)/', pathNot: TEST },
      to: { path: '^src/(main|web|cli|renderer)/', pathNot: '^src/$1/' },
    },
    {
      name: 'preload-is-self-contained',
      severity: 'error',
      from: { path: '^src/main/preload/', pathNot: TEST },
      to: { path: '^src/', pathNot: ['^src/main/(preload/|channels\\.ts$)', '^src/contract/'] },
    },
    {
      name: 'renderer-speaks-contract-only',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/', pathNot: ['^src/renderer/', '^src/contract/'] },
    },
    {
      name: 'features-stand-apart',
      severity: 'error',
      from: { path: '^src/renderer/features/([^/]+)/' },
      to: { path: '^src/renderer/features/', pathNot: '^src/renderer/features/$1/' },
    },
    {
      name: 'shared-renderer-below-features',
      severity: 'error',
      from: { path: '^src/renderer/shared/' },
      to: { path: '^src/renderer/(features|app)/' },
    },
    {
      name: 'source-knows-only-its-kit',
      comment: 'A source gets plain settings and ports; it never reaches into the engine or into another source.',
      severity: 'error',
      from: { path: '^src/engine/sources/(?!duckdb-kit/|conformance/)([^/]+)/', pathNot: TEST },
      to: { path: '^src/', pathNot: ['^src/engine/sources/$1/', '^src/engine/sources/[^/]+\\.ts$', '^src/engine/sources/duckdb-kit/', '^src/engine/(storage|values|ports)/', '^src/contract/'] },
    },
    {
      name: 'destination-knows-only-its-kit',
      comment: 'A destination gets plain settings, rows and http; it never reaches into the engine or into another destination.',
      severity: 'error',
      from: { path: '^src/engine/destinations/([^/]+)/', pathNot: TEST },
      to: { path: '^src/', pathNot: ['^src/engine/destinations/$1/', '^src/engine/destinations/[^/]+\\.ts$', '^src/engine/drivers/[^/]+\\.ts$', '^src/engine/values/destination-field\\.ts$', '^src/engine/limits/limit\\.ts$', '^src/contract/'] },
    },
    {
      name: 'simulators-are-strangers',
      severity: 'error',
      from: { path: '^simulators/' },
      to: { path: '^src/' },
    },
    {
      name: 'simulators-are-started-not-imported',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: '^simulators/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { path: '^(src|simulators|scripts|bench)/', pathNot: TEST },
      to: { path: [TEST, '^e2e/'] },
    },
    {
      name: 'product-code-needs-product-dependencies',
      comment: 'What runs in the product is in "dependencies". Electron is there by itself; vite serves `npm run dev` only.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: ['node_modules/(electron|vite)/', 'node_modules/@types/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|test-results)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
    cache: { folder: 'node_modules/.cache/dependency-cruiser', strategy: 'content' },
  },
}
