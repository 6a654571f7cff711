import { mkdirSync, mkdtempSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { rememberWorkspace } from './recent-workspace.ts'
import { trustedFolders } from './trusted-folders.ts'

let data: string
let workspace: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'lockstep-data-'))
  workspace = mkdtempSync(join(tmpdir(), 'lockstep-harbour-'))
})

it('trusts a folder once a person has said so, by its real path and the workspace in it', async () => {
  const folders = trustedFolders(data)
  expect(await folders.reachOf(workspace, 'harbour')).toBe('nowhere')
  await folders.trust(workspace, 'harbour', 'this computer')
  expect(await folders.reachOf(workspace, 'harbour')).toBe('this computer')
  await folders.trust(workspace, 'harbour', 'anywhere')
  const link = `${workspace}-link`
  symlinkSync(workspace, link)
  expect(await trustedFolders(data).reachOf(link, 'harbour')).toBe('anywhere')
  expect(await folders.reachOf(workspace, 'another')).toBe('nowhere')
  expect(statSync(join(data, 'trusted.json')).mode & 0o777).toBe(0o600)
})

it('does not follow a folder to another place, whatever it carries', async () => {
  const folders = trustedFolders(data)
  await folders.trust(workspace, 'harbour', 'anywhere')
  mkdirSync(join(workspace, '.lockstep'))
  writeFileSync(join(workspace, '.lockstep', 'trusted.json'), readFileSync(join(data, 'trusted.json')))
  renameSync(workspace, `${workspace}-moved`)
  expect(await folders.reachOf(`${workspace}-moved`, 'harbour')).toBe('nowhere')
})

it('takes over what was open before anybody was asked, also when the list of before is written anew', async () => {
  writeFileSync(join(data, 'recent.json'), JSON.stringify({ workspace }))
  expect(await trustedFolders(data).reachOf(workspace, 'harbour')).toBe('anywhere')
  await rememberWorkspace({ folder: workspace, name: 'Harbour' }, data)
  expect(await trustedFolders(data).reachOf(workspace, 'harbour')).toBe('anywhere')
  const other = mkdtempSync(join(tmpdir(), 'lockstep-other-'))
  await rememberWorkspace({ folder: other, name: 'Other' }, data)
  expect(await trustedFolders(data).reachOf(other, 'other')).toBe('nowhere')
})

it('asks again when its own file is damaged', async () => {
  await trustedFolders(data).trust(workspace, 'harbour', 'anywhere')
  writeFileSync(join(data, 'trusted.json'), '{"folders": [')
  expect(await trustedFolders(data).reachOf(workspace, 'harbour')).toBe('nowhere')
})
