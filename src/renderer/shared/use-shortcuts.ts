import { useEffect, useRef } from 'react'
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

/**
 * Keys of a screen. Single keys are off while typing, while a dialog is open, and when switched off in Settings
 * (WCAG 2.1.4); those with Ctrl or Cmd always work outside dialogs.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const singleKeys = usePreferences((state) => state.singleKeys)
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('[role=dialog]') !== null) return
      const name = shortcutName(event)
      if (name === undefined) return
      const single = !name.startsWith('mod+')
      if (isTyping(event.target) || (single && !singleKeys)) return
      const action = latest.current[name]
      if (action === undefined) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [singleKeys])
}

/** How Ctrl or Cmd is written on this machine. */
export const modKey = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl'
