import type { MenuItemConstructorOptions } from 'electron'
import { expect, it } from 'vitest'
import type { MenuCommand } from '../contract/shell.ts'
import { menuTemplate } from './menu.ts'

const everyCommand: Record<MenuCommand, true> = {
  'open workspace': true,
  'open file': true,
  'create sample': true,
  settings: true,
  'go home': true,
  'go review': true,
  'go activations': true,
  'command palette': true,
  'keyboard shortcuts': true,
  'toggle theme': true,
  'stop everything': true,
  'export audit': true,
}

function flat(items: MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
}

it.each([true, false])('has every command of the page, once, with keys that do not clash (Mac: %s)', (mac) => {
  const sent: MenuCommand[] = []
  const items = flat(menuTemplate({ mac, developing: false, send: (command) => sent.push(command) }))
  // The template's own click takes Electron's arguments; ours uses none of them.
  for (const item of items) (item.click as (() => void) | undefined)?.()
  expect(sent.toSorted()).toEqual(Object.keys(everyCommand).toSorted())
  const keys = items.flatMap((item) => item.accelerator ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})

it('offers reload and developer tools only while developing', () => {
  const roles = (developing: boolean): unknown[] => flat(menuTemplate({ mac: false, developing, send: () => {} })).map((item) => item.role)
  expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']))
  expect(roles(false)).not.toEqual(expect.arrayContaining(['toggleDevTools']))
})
