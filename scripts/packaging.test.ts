import { createRequire } from 'node:module'
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import configuration from '../packaging.config.ts'

interface Validation {
  validateConfiguration(configuration: unknown, logger: { isEnabled: boolean; add(): void }): Promise<void>
}

// electron-builder does not export its own check; it is the same one every packaging begins with.
const { validateConfiguration } = createRequire(import.meta.url)('app-builder-lib/out/util/config/config') as Validation
const silent = { isEnabled: false, add: () => {} }

it('has a packaging configuration that electron-builder accepts', async () => {
  await expect(validateConfiguration(configuration, silent)).resolves.toBeUndefined()
})

it('would be told of a mistake in it', async () => {
  await expect(validateConfiguration({ ...configuration, electronFuses: { runAsNode: 'off' } }, silent)).rejects.toThrow(/runAsNode/)
})

it('burns the fuses that keep other code out', () => {
  expect(configuration.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  })
})

it('starts what the build writes', () => {
  const { main } = JSON.parse(readFileSync('package.json', 'utf8')) as { main: string }
  expect(main).toBe('out/main/index.js')
  expect(existsSync('src/main/index.ts')).toBe(true)
})
