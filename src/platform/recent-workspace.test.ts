import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { recentWorkspace, rememberWorkspace } from './recent-workspace.ts'

it('finds the workspace that was open last, unless it is gone or was closed', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'lockstep-data-')), 'new')
  const workspace = mkdtempSync(join(tmpdir(), 'lockstep-harbour-'))
  expect(await recentWorkspace(data)).toBeUndefined()
  await rememberWorkspace(workspace, data)
  expect(await recentWorkspace(data)).toBe(workspace)
  await rememberWorkspace(`${workspace}-gone`, data)
  expect(await recentWorkspace(data)).toBeUndefined()
  await rememberWorkspace(undefined, data)
  expect(await recentWorkspace(data)).toBeUndefined()
  writeFileSync(join(data, 'recent.json'), 'half{')
  expect(await recentWorkspace(data)).toBeUndefined()
})
