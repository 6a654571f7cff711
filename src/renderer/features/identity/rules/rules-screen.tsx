import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IdentityDefinition } from '../../../../contract/identity.ts'
import { engine } from '../../../app/client.ts'
import { EditorNotices } from '../../../app/definition-screen.tsx'
import type { DefinitionEditor } from '../../../app/use-definition-draft.ts'
import { useDefinitionDraft } from '../../../app/use-definition-draft.ts'
import { BadFile } from '../../../shared/definition-draft/bad-file.tsx'
import { sameValue } from '../../../shared/definition-draft/draft-state.ts'
import { SaveActions } from '../../../shared/definition-draft/save-actions.tsx'
import { Loading } from '../../../shared/loading.tsx'
import { SplitPane } from '../../../shared/split-pane.tsx'
import { ErrorState } from '../../../shared/states.tsx'
import type { SettingProblems } from './definition-problems.ts'
import { definitionProblems, engineProblems } from './definition-problems.ts'
import { IdentityFrame, useChosenRules } from '../frame/identity-frame.tsx'
import classes from '../frame/identity.module.css'
import { KeyList } from './key-list.tsx'
import { PreviewPane } from '../preview/preview-pane.tsx'
import { RulesAbout } from './rules-about.tsx'
import { RuleList } from './rule-list.tsx'
import type { TriedRules } from '../preview/use-preview.ts'
import { whyNotSave } from './why-not-save.ts'
import { WantedFigures } from './wanted-figures.tsx'

/** What each rule and key contributes, and the editor that shows what a change would do before it is saved. */
export function RulesScreen({ of }: { of: string | undefined }) {
  const identity = useChosenRules(of)
  if (identity === undefined) return <IdentityFrame of={of}>{() => null}</IdentityFrame>
  return <OpenRules key={identity} identity={identity} />
}

function OpenRules({ identity }: { identity: string }) {
  const editor = useDefinitionDraft<IdentityDefinition>('identity', identity)
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  const [tried, setTried] = useState<TriedRules>()
  const { draft, document } = editor
  if (draft === undefined) {
    return (
      <IdentityFrame of={identity}>
        {() => (editor.reading ? <Loading label="Reading the rules" rows={6} /> : <div className={classes['scroll']}>{document === undefined ? <ErrorState error={editor.readError} onRetry={editor.retry} /> : <BadFile document={document} />}</div>)}
      </IdentityFrame>
    )
  }
  const fits = tried !== undefined && sameValue(tried.value, draft.value)
  const own = definitionProblems(draft.value)
  const problems = fits ? new Map([...engineProblems(tried.preview.problems), ...own]) : own
  const blocked = whyNotSave({ before: draft.file?.value, after: draft.value, problems: own.size, ran: overview.data?.run !== null && overview.data !== undefined, previewed: fits && tried.preview.change !== null })
  return (
    <IdentityFrame of={identity} actions={() => <SaveActions changed={editor.changed} saving={editor.saving} isNew={false} blocked={blocked} onSave={() => void editor.save(identity)} onDiscard={editor.discard} />}>
      {() => (
        <>
          <EditorNotices editor={editor} draft={draft} />
          <SplitPane name="identity-rules" label="Preview" initial={520} roomy detail={<PreviewPane identity={identity} value={draft.value} changed={editor.changed} possible={own.size === 0} tried={fits ? tried : undefined} onTried={setTried} ran={overview.data?.run !== null} />}>
            <Settings identity={identity} editor={editor} value={draft.value} problems={problems} />
          </SplitPane>
        </>
      )}
    </IdentityFrame>
  )
}

function Settings({ identity, editor, value, problems }: { identity: string; editor: DefinitionEditor<IdentityDefinition>; value: IdentityDefinition; problems: SettingProblems }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  return (
    <div className={classes['scroll']} tabIndex={-1}>
      <RuleList definition={value} figures={overview.data?.rules ?? []} problems={problems} onChange={editor.set} />
      <KeyList definition={value} figures={overview.data?.keys ?? []} problems={problems} onChange={editor.set} />
      <WantedFigures definition={value} sources={overview.data?.run?.sources ?? []} problems={problems} onChange={editor.set} />
      <RulesAbout definition={value} problems={problems} onChange={editor.set} />
    </div>
  )
}
