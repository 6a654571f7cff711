import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { StatusWord } from '../status-word.tsx'

interface SaveActionsProps {
  changed: boolean
  saving: boolean
  isNew: boolean
  /** Why it cannot be saved yet. */
  blocked?: string | undefined
  onSave: () => void
  onDiscard: () => void
}

/** Save with its state in words, for the header of an editor. Ctrl+S and ⌘S save too, also while typing. */
export function SaveActions({ changed, saving, isNew, blocked, onSave, onDiscard }: SaveActionsProps) {
  const possible = changed && blocked === undefined && !saving
  useSaveKey(possible ? onSave : undefined)
  return (
    <>
      <span role="status">{changed ? <StatusWord meaning="needs you">{blocked ?? (isNew ? 'Not saved yet' : 'Unsaved changes')}</StatusWord> : <StatusWord meaning="quiet">Saved</StatusWord>}</span>
      {changed && <Button onClick={onDiscard}>{isNew ? 'Discard' : 'Undo changes'}</Button>}
      <Button variant="filled" disabled={!changed || blocked !== undefined} loading={saving} onClick={onSave}>
        Save
      </Button>
    </>
  )
}

function useSaveKey(save: (() => void) | undefined): void {
  const latest = useRef(save)
  useEffect(() => {
    latest.current = save
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      latest.current?.()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
