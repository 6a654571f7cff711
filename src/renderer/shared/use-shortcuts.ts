import { useEffect, useRef } from 'react'
import { takerOf } from './keys-taken.ts'
import { usePreferences } from './preferences.ts'

/** "j" for a single key, "mod+z" with Ctrl or Cmd. Lower case. */
export type Shortcuts = Record<string, (() => void) | undefined>

const TYPING = 'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]'

/** The name of a pressed key, as {@link Shortcuts} spells it. */
export function shortcutName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string | undefined {
  if (event.altKey) return undefined
  const key = event.key.toLowerCase()
  if (event.ctrlKey || event.metaKey) return event.shiftKey ? `mod+shift+${key}` : `mod+${key}`
  return key
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TYPING) !== null
}

/** What is on the screen, the newest last: a key is for the newest that knows it. */
const registered: { current: Shortcuts }[] = []

function listen(event: KeyboardEvent): void {
  if (event.defaultPrevented || isTyping(event.target)) return
  const name = shortcutName(event)
  if (name === undefined) return
  const { singleKeys } = usePreferences.getState()
  const action = name.startsWith('mod+') || singleKeys ? registered.findLast(({ current }) => current[name] !== undefined)?.current[name] : undefined
  const taker = takerOf(event, action !== undefined)
  if (taker === 'form') event.preventDefault()
  if (taker !== 'command' || action === undefined || document.querySelector('[role=dialog]') !== null) return
  event.preventDefault()
  action()
}

/**
 * Keys of a screen. Single keys are off while typing, while a dialog is open, and when switched off in Settings
 * (WCAG 2.1.4); those with Ctrl or Cmd always work outside dialogs. None works while an act is under way (keys-taken.ts).
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    if (registered.length === 0) window.addEventListener('keydown', listen)
    registered.push(latest)
    return () => {
      registered.splice(registered.indexOf(latest), 1)
      if (registered.length === 0) window.removeEventListener('keydown', listen)
    }
  }, [])
}

/** How Ctrl or Cmd is written on this machine. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
