import { Button } from '@mantine/core'
import { StatusWord } from '../status-word.tsx'

/** Save with its state in words, for the header of an editor. */
export function SaveActions({ changed, saving, isNew, blocked, onSave, onDiscard }: { changed: boolean; saving: boolean; isNew: boolean; blocked?: string | undefined; onSave: () => void; onDiscard: () => void }) {
  return (
    <>
      <span role="status">{changed ? <StatusWord meaning="needs you">{isNew ? 'Not saved yet' : 'Unsaved changes'}</StatusWord> : <StatusWord meaning="quiet">Saved</StatusWord>}</span>
      {changed && <Button onClick={onDiscard}>{isNew ? 'Discard' : 'Undo changes'}</Button>}
      <Button variant="filled" disabled={!changed || blocked !== undefined} title={blocked} loading={saving} onClick={onSave}>
        Save
      </Button>
    </>
  )
}
