import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { diskKind, nodeFiles } from './files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-files-'))
})

describe('writing', () => {
  it('replaces the whole content, keeps the mode and leaves nothing beside', async () => {
    const path = join(folder, 'a.yaml')
    writeFileSync(path, 'a much longer text', { mode: 0o640 })
    await nodeFiles.writeText(path, 'short')
    expect(await nodeFiles.readText(path)).toBe('short')
    expect(statSync(path).mode & 0o777).toBe(0o640)
    expect(readdirSync(folder)).toEqual(['a.yaml'])
  })

  it('writes private files only the person can read', async () => {
    const path = join(folder, 'simulators.json')
    await nodeFiles.writeText(path, '{}', 0o600)
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('leaves the old content and nothing beside when the place is not writable', async () => {
    mkdirSync(join(folder, 'taken'))
    await expect(nodeFiles.writeText(join(folder, 'taken'), 'text')).rejects.toThrow()
    expect(readdirSync(folder)).toEqual(['taken'])
  })
})

it.each([
  ['a named pipe', (path: string) => execFileSync('mkfifo', [path])],
  ['a device', (path: string) => symlinkSync('/dev/zero', path)],
  ['a folder', (path: string) => mkdirSync(path)],
])('does not read %s, and says what it is', async (what, make) => {
  const path = join(folder, 'a.yaml')
  make(path)
  await expect(nodeFiles.readText(path)).rejects.toMatchObject({ code: 'bad-input', message: `${path} is ${what}, not a file.` })
})

it('says that a missing file is missing instead of failing', async () => {
  expect(await nodeFiles.stat(join(folder, 'absent'))).toBeUndefined()
  expect(await nodeFiles.exists(join(folder, 'absent'))).toBe(false)
})

it('tells of edits in known and new subfolders, not of the state folder', async () => {
  mkdirSync(join(folder, 'activations'))
  mkdirSync(join(folder, '.lockstep'))
  const seen: string[] = []
  const stop = nodeFiles.watch(folder, (path) => seen.push(path))
  try {
    writeFileSync(join(folder, 'activations', 'crm.yaml'), 'a')
    writeFileSync(join(folder, '.lockstep', 'state.db'), 'a')
    mkdirSync(join(folder, 'segments'))
    await vi.waitFor(() => expect(seen).toEqual(['activations/crm.yaml', 'segments']))
    writeFileSync(join(folder, 'segments', 'gold.yaml'), 'a')
    await vi.waitFor(() => expect(seen).toContain('segments/gold.yaml'))
  } finally {
    stop()
  }
})

it('tells what kind of disk a path lies on, and how much room it has', async () => {
  expect(await nodeFiles.disk(join(folder, 'nothing'))).toBeUndefined()
  expect((await nodeFiles.disk(folder))?.freeBytes).toBeGreaterThan(0)
  const kinds: [string, number, NodeJS.Platform, string][] = [
    ['/mnt/share', 0x6969, 'linux', 'network'],
    ['/mnt/share', 0xff534d42 | 0, 'linux', 'network'],
    ['/home/ada/cloud', 0x65735546, 'linux', 'user space'],
    ['/home/ada', 0xef53, 'linux', 'local'],
    ['\\\\server\\share\\harbour', 0, 'win32', 'network'],
    ['C:\\Users\\ada', 0, 'win32', 'local'],
    ['\\\\?\\C:\\Users\\ada', 0, 'win32', 'local'],
  ]
  for (const [path, type, platform, kind] of kinds) expect(diskKind(path, type, platform)).toBe(kind)
})
