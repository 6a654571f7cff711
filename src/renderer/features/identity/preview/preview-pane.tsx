import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { RulesPreview } from '../../../../contract/shapes.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { formatNumber, plural } from '../../../shared/format.ts'
import { notifyDone } from '../../../shared/notify.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { When } from '../../../shared/when.tsx'
import { ofWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import personClasses from '../records/person.module.css'
import { matchChanges, previewSentence } from './preview-words.ts'
import { RecordsSideBySide } from '../records/records-side-by-side.tsx'
import ruleClasses from '../frame/rules.module.css'
import { usePreview } from './use-preview.ts'
import type { TriedRules } from './use-preview.ts'
import { WorkBar } from '../frame/work-bar.tsx'

type Change = NonNullable<RulesPreview['change']>

type PreviewProps = {
  identity: string
  value: IdentityDefinition
  changed: boolean
  /** Nothing in the edit is wrong by itself. */
  possible: boolean
  /** The preview of exactly this edit. */
  tried: TriedRules | undefined
  onTried: (tried: TriedRules) => void
  ran: boolean
}

/** What the edited rules would gain and lose over the records as they are; nothing is stored. */
export function PreviewPane({ identity, value, changed, possible, tried, onTried, ran }: PreviewProps) {
  const preview = usePreview(identity, onTried)
  const button = useRef<HTMLButtonElement>(null)
  // Neither button keeps the focus to the end: one cannot be pressed while it goes on, the other leaves with it.
  useEffect(() => {
    if (!preview.pending) return undefined
    const again = button.current
    return () => {
      if (document.activeElement === document.body) again?.focus({ preventScroll: true })
    }
  }, [preview.pending])
  const stop = (): void => {
    preview.stop()
    notifyDone('Stopped. Nothing was changed.')
  }
  return (
    <>
      <div className={classes['caseHead']}>
        <h2>What a change would do</h2>
        <p>{ran ? 'Tried on the records of the last run; where the change needs more of them, they are read again. Nothing is stored until you save.' : 'There are no records yet to try it on; the first run reads them.'}</p>
        {changed && ran && (
          <div className={classes['actions']}>
            <Button ref={button} variant={tried === undefined ? 'filled' : 'default'} disabled={!possible} loading={preview.pending} onClick={() => preview.start(value)}>
              Preview
            </Button>
            {tried === undefined && !preview.pending && <span className={classes['quiet']}>{possible ? 'Not previewed since the last edit.' : 'Correct the settings with a problem first.'}</span>}
          </div>
        )}
      </div>
      {preview.pending && <WorkBar label="Preview of the edited rules" progress={preview.progress} stop={{ label: 'Stop the preview', onStop: stop }} />}
      {preview.error !== null && (
        <div className={classes['block']}>
          <ErrorNotice error={preview.error} />
        </div>
      )}
      {!changed && <p className={classes['block']}>Edit a rule, a key or their order: before it is saved, you see here which matches it would gain and lose.</p>}
      {tried !== undefined && <Tried preview={tried.preview} />}
    </>
  )
}

function Tried({ preview }: { preview: RulesPreview }) {
  const { problems, change } = preview
  if (change === null) {
    return (
      <section className={classes['block']} role="alert">
        <StatusWord meaning="problem">These rules cannot be tried</StatusWord>
        <ul className={classes['sentences']}>
          {problems.map((problem, index) => (
            <li key={index}>
              {problem.message} {problem.next}
            </li>
          ))}
        </ul>
      </section>
    )
  }
  return (
    <>
      <section className={classes['block']} aria-label="Matches gained and lost">
        <dl className={ruleClasses['gains']}>
          <div>
            <dt>Gained</dt>
            <dd data-sign={change.gained > 0 ? '+' : undefined}>{change.gained > 0 ? `+${formatNumber(change.gained)}` : '0'}</dd>
          </div>
          <div>
            <dt>Lost</dt>
            <dd data-sign={change.lost > 0 ? '−' : undefined}>{change.lost > 0 ? `−${formatNumber(change.lost)}` : '0'}</dd>
          </div>
          <div>
            <dt>Matches</dt>
            <dd>{formatNumber(change.after)}</dd>
          </div>
        </dl>
        <p role="status">{previewSentence(change)}</p>
        <p className={classes['quiet']}>
          On the records as read <When at={change.asOf} />.
        </p>
      </section>
      <SystemChanges change={change} />
      <Examples title="Would be joined" words="These are different people now." examples={change.joined} />
      <Examples title="Would fall apart" words="These are one person now." examples={change.split} />
    </>
  )
}

/** Match in each system before and after. */
function SystemChanges({ change }: { change: Change }) {
  const systems = matchChanges(change)
  if (systems.length === 0) return null
  return (
    <section className={classes['block']}>
      <h3>Matched in each system</h3>
      <ul className={personClasses['judgedRules']}>
        {systems.map(({ id, title, before, after }) => (
          <li key={id}>
            <p>{title}</p>
            <p>
              {before === undefined ? 'n/a' : shareWords(before)} → <b>{shareWords(after)}</b> <span className={classes['quiet']}>{ofWords(after)}</span>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}

const MOST_EXAMPLES = 5

function Examples({ title, words, examples }: { title: string; words: string; examples: Change['joined'] }) {
  if (examples.length === 0) return null
  return (
    <section className={classes['block']}>
      <h3>{title}</h3>
      <p className={classes['quiet']}>The largest first. {words}</p>
      {examples.slice(0, MOST_EXAMPLES).map(({ matches, parts }, index) => (
        <div key={index} className={ruleClasses['example']}>
          <p>{plural(matches, { one: 'match', many: 'matches' })}</p>
          <RecordsSideBySide label={`${title}, example ${formatNumber(index + 1)}`} records={parts.flatMap((part, place) => part.map((record) => ({ ...record, entity: String(place) })))} />
        </div>
      ))}
    </section>
  )
}
