import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { create } from 'zustand'
import type { DefinitionKind } from '../../contract/definitions.ts'
import { AppError } from '../../contract/errors.ts'
import type { DefinitionDocument, TakenOver } from '../../contract/shapes.ts'
import type { Draft } from '../shared/definition-draft/draft-state.ts'
import { afterReading, draftOfFile, draftOfNew, isChanged, takeMine, takeTheirs } from '../shared/definition-draft/draft-state.ts'
import { identifierFrom } from '../shared/definition-draft/identifier.ts'
import { engineError } from '../shared/engine-error.ts'
import { notifyDone, notifyError } from '../shared/notify.tsx'
import { client, engine } from './client.ts'
import { desktopShell } from './shell-bridge.ts'

/** Drafts outlive their screen, so that an edit can be left and taken up again. */
const useDrafts = create<{ drafts: Record<string, Draft<unknown>> }>(() => ({ drafts: {} }))

function setDraft(key: string, draft: Draft<unknown> | undefined): void {
  useDrafts.setState(({ drafts }) => {
    const { [key]: _before, ...others } = drafts
    return { drafts: draft === undefined ? others : { ...others, [key]: draft } }
  })
}

const keyOf = (kind: DefinitionKind, id: string | undefined): string => `${kind}/${id ?? ''}`

/** Definitions with edits that are not saved, by id; '' is one without a file yet. */
export function useUnsaved(kind: DefinitionKind): string[] {
  const drafts = useDrafts((state) => state.drafts)
  return Object.entries(drafts)
    .filter(([key, draft]) => key.startsWith(`${kind}/`) && isChanged(draft))
    .map(([key]) => key.slice(kind.length + 1))
}

/** How many definitions have edits that are not saved. */
export function useUnsavedCount(): number {
  const drafts = useDrafts((state) => state.drafts)
  return Object.values(drafts).filter(isChanged).length
}

/** In a browser, asks before a window with unsaved definitions is closed. The desktop shell closes windows its own way. */
export function useAskBeforeLeaving(): void {
  const unsaved = useUnsavedCount() > 0
  useEffect(() => {
    if (!unsaved || desktopShell() !== undefined) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
}

/** Both versions are there, and only a person can say which one stays. */
function notChosenYet({ path }: DefinitionDocument): AppError {
  return new AppError('definition-changed', `Not saved: ${path} was changed while you were editing it, and saving would undo that.`, { next: 'Choose above: keep yours, take theirs, or keep both.' })
}

/** Begins something new, or goes on with what was begun. */
export function beginDraft<Value>(kind: DefinitionKind, value: Value, sql?: string): void {
  setDraft(keyOf(kind, undefined), draftOfNew(value, sql))
}

export interface DefinitionEditor<Value> {
  draft: Draft<Value> | undefined
  /** The file as read last; undefined for something new. */
  document: DefinitionDocument | undefined
  reading: boolean
  readError: unknown
  retry: () => void
  changed: boolean
  set: (value: Value) => void
  setSql: (sql: string) => void
  discard: () => void
  takeMine: () => void
  takeTheirs: () => void
  /** What was edited here becomes a definition of its own, and the file stays as the other person left it. */
  keepBoth: () => void
  saving: boolean
  saveError: unknown
  /** Resolves with the saved file, or undefined when it was refused (see saveError, draft.outside). `takesOver`: of an activation. */
  save: (id: string, takesOver?: readonly TakenOver[]) => Promise<DefinitionDocument | undefined>
  removing: boolean
  removeError: unknown
  /** Deletes the file as it was read last; resolves with whether it is gone. */
  remove: () => Promise<boolean>
}

/**
 * One definition being edited: it follows the file until it has changes of its own, then shows both.
 * `fresh` begins something new where none was begun; undefined while that is not possible yet.
 */
export function useDefinitionDraft<Value>(kind: DefinitionKind, id: string | undefined, fresh?: Value): DefinitionEditor<Value> {
  const key = keyOf(kind, id)
  const queries = useQueryClient()
  const draft = useDrafts((state) => state.drafts[key]) as Draft<Value> | undefined
  const file = useQuery({ ...engine.definitions.read.queryOptions({ input: { kind, id: id ?? '' } }), enabled: id !== undefined })
  const document = file.data
  useEffect(() => {
    if (document === undefined) return
    setDraft(key, afterReading(useDrafts.getState().drafts[key], document))
  }, [document, key])
  const begun = useRef(false)
  useEffect(() => {
    // Once: a draft that was saved or discarded here does not come back.
    if (id !== undefined || fresh === undefined || begun.current) return
    begun.current = true
    if (useDrafts.getState().drafts[key] === undefined) setDraft(key, draftOfNew(fresh))
  }, [id, fresh, key])
  const change = useCallback((next: Partial<Draft<Value>>) => {
    const before = useDrafts.getState().drafts[key]
    if (before !== undefined) setDraft(key, { ...before, ...next })
  }, [key])
  const saving = useMutation({
    mutationFn: async ({ to, takesOver }: { to: string; takesOver: readonly TakenOver[] }) => {
      const now = useDrafts.getState().drafts[key]
      if (now === undefined) throw new Error('Nothing to save.')
      const { value, sql, file: base, outside } = now
      if (outside !== undefined) throw notChosenYet(outside)
      return client.definitions.save({ kind, id: to, value, ...(sql === undefined ? {} : { sql }), ...(base === undefined ? {} : { expectedHash: base.hash }), ...(takesOver.length === 0 ? {} : { takesOver: [...takesOver] }) })
    },
    onSuccess: (saved) => {
      if (id === undefined) setDraft(key, undefined)
      setDraft(keyOf(kind, saved.id), draftOfFile(saved))
      queries.setQueryData(engine.definitions.read.queryKey({ input: { kind, id: saved.id } }), saved)
      void queries.invalidateQueries()
    },
    onError: (error) => {
      if (engineError(error).code === 'definition-changed') void file.refetch()
    },
  })
  const copying = useMutation({
    mutationFn: async () => {
      const now = useDrafts.getState().drafts[key]
      const workspace = await client.workspace.current()
      if (now === undefined || workspace === null) throw new Error('Nothing to keep.')
      const { sql: file, ...value } = now.value as { name?: string; sql?: string }
      // The copy of a product has a SQL file of its own.
      const copy = { ...value, ...(now.sql === undefined && file !== undefined ? { sql: file } : {}), name: `${value.name ?? id ?? 'Unnamed'} (copy)` }
      const taken = workspace.definitions.filter((entry) => entry.kind === kind).map((entry) => entry.id)
      return client.definitions.save({ kind, id: identifierFrom(copy.name, taken), value: copy, ...(now.sql === undefined ? {} : { sql: now.sql }) })
    },
    onSuccess: (saved) => {
      const now = useDrafts.getState().drafts[key]
      saving.reset()
      if (now !== undefined) setDraft(key, takeTheirs(now))
      notifyDone(`Yours is kept as ${saved.path}; this one is as the other window left it.`)
      void queries.invalidateQueries()
    },
    onError: notifyError,
  })
  const removing = useMutation({
    mutationFn: async () => {
      if (document === undefined) throw new Error('There is no file to remove.')
      await client.definitions.remove({ kind, id: document.id, expectedHash: document.hash })
    },
    onSuccess: () => {
      queries.removeQueries({ queryKey: engine.definitions.read.queryKey({ input: { kind, id: id ?? '' } }) })
      setDraft(key, undefined)
    },
  })
  return {
    draft,
    document,
    reading: id !== undefined && file.isPending,
    readError: file.error,
    retry: () => void file.refetch(),
    changed: draft !== undefined && isChanged(draft),
    set: (value) => change({ value }),
    setSql: (sql) => change({ sql }),
    discard: () => setDraft(key, document === undefined ? undefined : draftOfFile(document)),
    takeMine: () => {
      saving.reset()
      if (draft !== undefined) setDraft(key, takeMine(draft))
    },
    takeTheirs: () => {
      saving.reset()
      if (draft !== undefined) setDraft(key, takeTheirs(draft))
    },
    keepBoth: () => copying.mutate(),
    saving: saving.isPending,
    saveError: saving.error === null || draft?.outside === undefined ? saving.error : notChosenYet(draft.outside),
    save: (to, takesOver = []) => saving.mutateAsync({ to, takesOver }).catch(() => undefined),
    removing: removing.isPending,
    removeError: removing.error,
    remove: () =>
      removing.mutateAsync().then(
        () => true,
        () => false,
      ),
  }
}
