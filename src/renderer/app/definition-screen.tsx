import type { ReactNode } from 'react'
import { BadFile } from '../shared/definition-draft/bad-file.tsx'
import type { Draft } from '../shared/definition-draft/draft-state.ts'
import { OutsideChange } from '../shared/definition-draft/outside-change.tsx'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { sentence } from '../shared/format.ts'
import { Loading } from '../shared/loading.tsx'
import { Page } from '../shared/page.tsx'
import { EmptyState, ErrorState } from '../shared/states.tsx'
import classes from './definition-screens.module.css'
import type { DefinitionEditor } from './use-definition-draft.ts'

interface NothingToEditProps<Value> {
  editor: DefinitionEditor<Value>
  /** "segment", as in sentences. */
  noun: string
  /** The way to all of them, beside the title. */
  all: ReactNode
  /** What to do where nothing was begun. */
  action: ReactNode
}

/** What an editor shows before there is a draft: it is being read, its file is bad, nothing was begun, or it cannot be read. */
export function NothingToEdit<Value>({ editor, noun, all, action }: NothingToEditProps<Value>) {
  const { document } = editor
  if (editor.reading) return <Page title={sentence(noun)}>{<Loading label={`Reading the ${noun}`} rows={6} />}</Page>
  return (
    <Page title={document?.id ?? sentence(noun)} context={all} scroll>
      {document !== undefined ? (
        <BadFile document={document} />
      ) : editor.readError === null ? (
        <EmptyState action={action}>Nothing is being made here.</EmptyState>
      ) : (
        <ErrorState error={editor.readError} onRetry={editor.retry} back={all} />
      )}
    </Page>
  )
}

/** Above what is edited: the file was changed outside, or could not be saved. */
export function EditorNotices<Value>({ editor, draft }: { editor: DefinitionEditor<Value>; draft: Draft<Value> }) {
  return (
    <>
      <OutsideChange draft={draft} onMine={editor.takeMine} onTheirs={editor.takeTheirs} onBoth={editor.keepBoth} />
      {editor.saveError !== null && (
        <div className={classes['saveError']}>
          <ErrorNotice error={editor.saveError} />
        </div>
      )}
    </>
  )
}
