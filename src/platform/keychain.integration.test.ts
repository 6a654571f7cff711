import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const hasKeyring = process.platform === 'linux' && ['gnome-keyring-daemon', 'dbus-run-session'].every((program) => spawnSync('which', [program]).status === 0)
const secretsModule = join(import.meta.dirname, 'secrets.ts')
const keychainModule = join(import.meta.dirname, 'keychain.ts')

/** Two processes after one another, as two starts of the app: the first stores, the second finds. */
const script = (step: string): string => `
  const { createSecretStore } = await import(${JSON.stringify(secretsModule)})
  const { createKeychain } = await import(${JSON.stringify(keychainModule)})
  const secrets = createSecretStore({ environment: {}, keychain: createKeychain() }).forWorkspace('/home/me/harbour')
  ${step}`

it.skipIf(!hasKeyring)('keeps a secret in the real keyring from one start to the next, and nowhere else in plain text', () => {
  const home = mkdtempSync(join(tmpdir(), 'lockstep-keyring-'))
  mkdirSync(join(home, 'run'), { mode: 0o700 })
  const node = (step: string): string => `'${process.execPath}' --input-type=module -e '${script(step).replaceAll("'", "'\\''")}'`
  const { status, stdout } = spawnSync(
    'dbus-run-session',
    [
      '--',
      'sh',
      '-c',
      [
        'printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1',
        node("console.log(await secrets.set('crm', 'token', 'planted-secret'))"),
        node("console.log(JSON.stringify(await secrets.get('crm', 'token')))"),
        node("await secrets.remove('crm', 'token'); console.log(await secrets.get('crm', 'token'))"),
      ].join('\n'),
    ],
    { encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: home, XDG_RUNTIME_DIR: join(home, 'run') }, timeout: 60_000 },
  )
  expect(stdout.trim().split('\n')).toEqual(['keychain', '{"value":"planted-secret","origin":"keychain"}', 'undefined'])
  expect(status).toBe(0)
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) expect(readFileSync(join(entry.parentPath, entry.name)).includes('planted-secret')).toBe(false)
  }
})
