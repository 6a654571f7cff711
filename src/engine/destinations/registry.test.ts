import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { destinations } from './registry.ts'

describe.each(destinations.map((listing) => [listing.id, listing] as const))('%s', (id, listing) => {
  it('does what its listing says that it does', async () => {
    const loaded = await listing.load()
    expect(loaded).toMatchObject({ id, name: listing.name, summary: listing.summary })
    expect(loaded.list !== undefined).toBe(listing.lists)
    expect(listing.lists || !listing.changeFeed).toBe(true)
    expect(loaded.profile).toEqual(listing.profile)
  })
})

it('what is at hand is loaded without a destination', () => {
  const program = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ load: (url, context, next) => (seen.push(url), next(url, context)) })
    await import(${JSON.stringify(new URL('./registry.ts', import.meta.url).href)})
    console.log(JSON.stringify(seen.filter((url) => url.includes('/destinations/'))))`
  const seen = JSON.parse(execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program], { encoding: 'utf8' })) as string[]
  const inFolders = seen.map((url) => /\/destinations\/([^/]+\/[^/]+)$/.exec(url)?.[1]).filter((path) => path !== undefined)
  expect(inFolders.sort()).toEqual(['braze/listing.ts', 'hubspot/context.ts', 'hubspot/listing.ts', 'local-file/listing.ts', 'zendesk/context.ts', 'zendesk/listing.ts'])
})
