import { useQuery } from '@tanstack/react-query'
import type { HeldNow as Held, RunProgress } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatRaw, sentence } from '../../shared/format.ts'
import { When } from '../../shared/when.tsx'
import classes from './run.module.css'

/** What the system holds now where a read-back found another value, and who put it there, where that is known. */
export function HeldNow({ run, record }: { run: RunProgress; record: string }) {
  const held = useQuery(engine.runs.heldNow.queryOptions({ input: { run: run.runId, record } }))
  return (
    <section className={classes['block']} aria-busy={held.isPending}>
      <h3>In {run.destinationName} now</h3>
      {held.isPending && <p className={classes['quiet']}>Asking {run.destinationName}.</p>}
      {held.isError && <ErrorNotice error={held.error} />}
      {held.data !== undefined && (
        <>
          {held.data.gone ? <p>The record is not there any more.</p> : <Fields fields={held.data.fields} destinationName={run.destinationName} />}
          <p className={classes['quiet']}>
            Read <When at={held.data.at} />
          </p>
        </>
      )}
    </section>
  )
}

function Fields({ fields, destinationName }: { fields: Held['fields']; destinationName: string }) {
  return (
    <ul>
      {fields.map(({ field, fieldLabel, sent, held, editor }) => (
        <li key={field}>
          <p>
            {fieldLabel}: <b>{formatRaw(held)}</b>, sent was {formatRaw(sent)}
          </p>
          <p className={classes['quiet']}>
            {editor === undefined || editor.kind === 'unknown' ? `${destinationName} does not say who changed it` : `By ${sentence(editor.name)}`}
            {editor?.at !== undefined && (
              <>
                , <When at={editor.at} />
              </>
            )}
          </p>
        </li>
      ))}
    </ul>
  )
}
