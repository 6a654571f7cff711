import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { forgetWorkspace, recentWorkspace, recentWorkspaces, rememberWorkspace } from './recent-workspace.ts'

it('finds the workspace that was open last, unless it is gone or was closed', async () => {
  const data = join(mkdtempSync(join(tmpdir(), 'lockstep-data-')), 'new')
  const workspace = mkdtempSync(join(tmpdir(), 'lockstep-harbour-'))
  expect(await recentWorkspace(data)).toBeUndefined()
  await rememberWorkspace({ folder: workspace, name: 'Harbour' }, data)
  expect(await recentWorkspace(data)).toBe(workspace)
  await rememberWorkspace({ folder: `${workspace}-gone`, name: 'Gone' }, data)
  expect(await recentWorkspace(data)).toBeUndefined()
  await rememberWorkspace(undefined, data)
  expect(await recentWorkspace(data)).toBeUndefined()
  expect(await recentWorkspaces(data)).toMatchObject([
    { folder: `${workspace}-gone`, name: 'Gone', missing: true },
    { folder: workspace, name: 'Harbour', missing: true, openedAt: expect.stringMatching(/^20/) as string },
  ])
  writeFileSync(join(workspace, 'lockstep.yaml'), 'id: harbour\nname: Harbour\n')
  await forgetWorkspace(`${workspace}-gone`, data)
  expect(await recentWorkspaces(data)).toMatchObject([{ folder: workspace, missing: false }])
  writeFileSync(join(data, 'recent.json'), JSON.stringify({ workspace }))
  expect(await recentWorkspace(data)).toBe(workspace)
  expect(await recentWorkspaces(data)).toMatchObject([{ folder: workspace, missing: false }])
  writeFileSync(join(data, 'recent.json'), 'half{')
  expect(await recentWorkspace(data)).toBeUndefined()
})
