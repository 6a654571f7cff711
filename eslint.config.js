import tseslint from 'typescript-eslint'
import security from 'eslint-plugin-security'
import noUnsanitized from 'eslint-plugin-no-unsanitized'
import reactHooks from 'eslint-plugin-react-hooks'

const NODE_FILES = 'Files are opened in src/engine/storage or through the Files port.'
const FROM_PORTS = 'The engine takes time, randomness, network, secrets and logging from its ports (src/engine/ports/ports.ts).'

const weakWindows = [
  ['nodeIntegration', true],
  ['nodeIntegrationInWorker', true],
  ['nodeIntegrationInSubFrames', true],
  ['contextIsolation', false],
  ['sandbox', false],
  ['webSecurity', false],
  ['allowRunningInsecureContent', true],
  ['experimentalFeatures', true],
  ['webviewTag', true],
].map(([name, value]) => ({
  selector: `Property[key.name='${name}'][value.value=${value}]`,
  message: `${name}: ${value} weakens the window's isolation.`,
}))

const hiddenInputs = [
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: FROM_PORTS },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: FROM_PORTS },
  { selector: "CallExpression[callee.name='Date']", message: FROM_PORTS },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: FROM_PORTS },
  { selector: "MemberExpression[object.name='globalThis']", message: FROM_PORTS },
]

const hiddenGlobals = ['fetch', 'process', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'WebSocket', 'console', 'crypto'].map(
  (name) => ({ name, message: FROM_PORTS }),
)

const hosts = [
  { regex: '^electron($|/)', message: 'The engine knows no host.' },
  { regex: '^(react|react-dom)($|/)', message: 'The engine draws nothing.' },
  { regex: '^(undici|ws|keytar)$', message: FROM_PORTS },
  { regex: '^(node:)?(http|https|http2|net|tls|dgram|child_process|os|process|timers|worker_threads)($|/)', message: FROM_PORTS },
]
const chance = { name: 'node:crypto', importNames: ['randomUUID', 'randomBytes', 'randomInt', 'webcrypto'], message: FROM_PORTS }
const files = { regex: '^(node:)?fs($|/)', message: NODE_FILES }

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'test-results', '**/.lockstep', 'docs'] },
  {
    files: ['**/*.{ts,tsx,js,mjs,cjs}'],
    languageOptions: { parser: tseslint.parser, ecmaVersion: 'latest', sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@typescript-eslint': tseslint.plugin, security, 'no-unsanitized': noUnsanitized },
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-debugger': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      'security/detect-bidi-characters': 'error',
      'security/detect-buffer-noassert': 'error',
      'security/detect-eval-with-expression': 'error',
      'security/detect-new-buffer': 'error',
      'security/detect-pseudoRandomBytes': 'error',
      'security/detect-possible-timing-attacks': 'error',
      'security/detect-non-literal-regexp': 'error',
      'security/detect-non-literal-require': 'error',
      'no-unsanitized/method': 'error',
      'no-unsanitized/property': 'error',
      'no-restricted-syntax': ['error', ...weakWindows],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'simulators/**/*.ts'],
    ignores: ['**/*.test.{ts,tsx}'],
    languageOptions: { parserOptions: { project: ['tsconfig.node.json', 'tsconfig.browser.json', 'tsconfig.renderer.json'] } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/engine/**/*.ts'],
    ignores: ['**/*.test.ts', 'src/engine/testing/**'],
    rules: {
      'no-restricted-syntax': ['error', ...weakWindows, ...hiddenInputs],
      'no-restricted-globals': ['error', ...hiddenGlobals],
      'no-restricted-imports': ['error', { paths: [chance], patterns: [...hosts, files] }],
    },
  },
  {
    files: ['src/engine/storage/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [chance], patterns: hosts }] },
  },
  {
    files: ['src/contract/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ regex: '^(?!\\.\\.?/[a-z-]+\\.ts$|\\./|zod$|@orpc/contract$)', message: 'The contract imports zod and the oRPC contract only.' }] },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
    },
  },
  {
    files: ['**/*.test.{ts,tsx}', 'e2e/**/*.ts'],
    rules: { 'security/detect-non-literal-regexp': 'off', 'security/detect-possible-timing-attacks': 'off', 'no-unsanitized/method': 'off' },
  },
)
