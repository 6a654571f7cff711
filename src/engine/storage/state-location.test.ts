import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Disk, Files } from '../ports/ports.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { memoryFiles } from '../testing/memory-files.ts'
import { openAsOwner } from './lease.ts'
import { moveState } from './move-state.ts'
import { locateState, syncedBy } from './state-location.ts'

const statesFolder = '/data/states'

function on(kind: Disk['kind'], texts: Record<string, string> = {}): Files {
  return { ...memoryFiles(texts), disk: async () => ({ kind, freeBytes: 1 }) }
}

describe('where state lies', () => {
  it('is beside the definitions on a disk of this machine', async () => {
    expect(await locateState('/home/ada/harbour', { files: on('local'), statesFolder })).toEqual({ folder: '/home/ada/harbour/.lockstep' })
  })

  it('is in the app’s data, by the workspace’s id, on a network drive or one that a program provides', async () => {
    const files = on('network', { '/mnt/share/harbour/lockstep.yaml': 'id: harbour-mutual\nname: Harbour Mutual\n' })
    const found = await locateState('/mnt/share/harbour', { files, statesFolder })
    expect(found.elsewhereBecause).toBe('on a network drive')
    expect(found.folder).toMatch(/^\/data\/states\/harbour-mutual-[0-9a-f]{12}$/)
    expect(await locateState('/mnt/share/harbour', { files: on('user space'), statesFolder })).toMatchObject({ elsewhereBecause: 'on a drive that another program provides' })
  })

  it('stays where it is when the id changes, and is never shared by two copies of a workspace', async () => {
    const files = on('network', { '/mnt/share/harbour/lockstep.yaml': 'id: before\n' })
    const { folder } = await locateState('/mnt/share/harbour', { files, statesFolder })
    await files.writeText(`${folder}/state.db`, '')
    await files.writeText('/mnt/share/harbour/lockstep.yaml', 'id: after\n')
    expect((await locateState('/mnt/share/harbour', { files, statesFolder })).folder).toBe(folder)
    expect((await locateState('/mnt/share/harbour-copy', { files, statesFolder })).folder).not.toBe(folder)
  })

  it('asks the nearest folder that exists for a workspace that is about to be made', async () => {
    const files: Files = { ...memoryFiles(), disk: async (path) => (path === '/mnt/share' ? { kind: 'network', freeBytes: 1 } : undefined) }
    expect(await locateState('/mnt/share/new/harbour', { files, statesFolder })).toMatchObject({ elsewhereBecause: 'on a network drive' })
  })

  const places: [string, string | undefined][] = [
    ['/Users/ada/Dropbox/harbour', 'Dropbox'],
    ['/home/ada/Dropbox (Harbour)/harbour', 'Dropbox'],
    ['C:\\Users\\ada\\OneDrive - Harbour Mutual\\Documents\\harbour', 'OneDrive'],
    ['C:\\Users\\ada\\OneDrive\\harbour', 'OneDrive'],
    ['/Users/ada/Library/Mobile Documents/com~apple~CloudDocs/harbour', 'iCloud'],
    ['C:\\Users\\ada\\iCloudDrive\\harbour', 'iCloud'],
    ['/Users/ada/Google Drive/My Drive/harbour', 'Google Drive'],
    ['/Users/ada/Library/CloudStorage/GoogleDrive-ada@harbour.example/harbour', 'a cloud service'],
    ['/home/ada/dropbox-export/harbour', undefined],
    ['/home/ada/onedriver/harbour', undefined],
    ['/home/ada/Documents/Lockstep/Harbour Mutual', undefined],
  ]
  it.each(places)('knows %s', (path, program) => {
    expect(syncedBy(path)).toBe(program)
  })
})

describe('a state that lies where it must not', () => {
  let folder: string
  const clock = createFakeClock()
  const options = { clock, holder: { process: 1, host: 'here', isRunning: () => true } }
  const [from, to] = ['synced/.lockstep', 'data/states/harbour'].map((path) => () => join(folder, path)) as [() => string, () => string]
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-move-'))
    const old = await openAsOwner(from(), options)
    if (old.kind !== 'owner') throw new Error('nobody else can own it')
    old.database.run("INSERT INTO meta VALUES ('kept', 'yes')")
    old.lease.release()
    old.database.close()
    mkdirSync(join(from(), 'data'))
    writeFileSync(join(from(), 'data', 'base-1.parquet'), 'x')
    writeFileSync(join(from(), 'reference.key'), 'key')
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('moves as a whole, once', async () => {
    expect(await moveState(from(), to(), options)).toBe(true)
    const moved = await openAsOwner(to(), options)
    if (moved.kind !== 'owner') throw new Error('the lease of the old place came along')
    expect(moved.database.get('SELECT value FROM meta')).toEqual({ value: 'yes' })
    moved.lease.release()
    moved.database.close()
    expect(readdirSync(to()).sort()).toEqual(['data', 'reference.key', 'state.db'])
    expect(existsSync(join(from(), 'state.db'))).toBe(false)
    expect(await moveState(from(), to(), options)).toBe(false)
  })

  it('stays while somebody works on it there', async () => {
    const other = await openAsOwner(from(), { ...options, holder: { ...options.holder, process: 2 } })
    if (other.kind !== 'owner') throw new Error('nobody else can own it')
    await expect(moveState(from(), to(), options)).rejects.toThrow('has to move to a safer place')
    expect(existsSync(to())).toBe(false)
    other.lease.release()
    other.database.close()
  })
})
