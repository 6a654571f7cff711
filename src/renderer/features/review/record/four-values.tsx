import type { ReactNode } from 'react'
import type { FieldRow } from '../../../../contract/shapes.ts'
import type { AnswerKind } from '../../../../contract/states.ts'
import { Value, ValueChange } from '../../../shared/diff/diff-value.tsx'
import { formatRaw, isEmpty, sentence } from '../../../shared/format.ts'
import { When } from '../../../shared/when.tsx'
import classes from '../review.module.css'

/** Longer texts stand beneath each other, with the words that differ. */
const LONG_TEXT = 60

/** Base, warehouse and destination side by side, who and when beneath; the chosen one boxed. The result follows in words. */
export function FourValues({ row, destinationName, chosen }: { row: FieldRow; destinationName: string; chosen: AnswerKind | undefined }) {
  const { base, editor } = row
  const long = [base.value, row.warehouse, row.destination].some((value) => formatRaw(value).length > LONG_TEXT)
  return (
    <dl className={classes['values']} data-long={long || undefined}>
      <ValueCard label="Last agreed" quiet note={base.known ? <BaseNote row={row} /> : 'Never agreed: first contact'}>
        {base.known ? <Value value={base.value} /> : 'not known'}
      </ValueCard>
      <ValueCard label="Warehouse now" chosen={chosen === 'warehouse'} note="As this plan read it">
        <Value value={row.warehouse} />
      </ValueCard>
      <ValueCard
        label={`${destinationName} now`}
        chosen={chosen === 'destination'}
        note={
          <>
            {editor === undefined || editor.kind === 'unknown' ? `Somebody; ${destinationName} does not say who` : sentence(editor.name)}
            {editor?.at !== undefined && (
              <>
                <br />
                <When at={editor.at} />
              </>
            )}
          </>
        }
      >
        <Value value={row.destination} />
      </ValueCard>
      {long && !isEmpty(row.destination) && !isEmpty(row.warehouse) && (
        <ValueCard label="What the warehouse would change" quiet note="">
          <ValueChange before={row.destination} after={row.warehouse} />
        </ValueCard>
      )}
    </dl>
  )
}

function BaseNote({ row }: { row: FieldRow }) {
  const { at, assumed } = row.base
  const verb = assumed === true ? 'Accepted, not read back' : 'Read back'
  if (at === undefined) return verb
  return (
    <>
      {verb} <When at={at} />
    </>
  )
}

function ValueCard({ label, note, quiet = false, chosen = false, children }: { label: string; note: ReactNode; quiet?: boolean; chosen?: boolean; children: ReactNode }) {
  return (
    <div className={classes['value']} data-quiet={quiet || undefined} data-chosen={chosen || undefined}>
      <dt>
        {label}
        {chosen && <span className="visually-hidden">, chosen</span>}
      </dt>
      <dd>
        <span className={classes['valueText']}>{children}</span>
        {note !== '' && <small>{note}</small>}
      </dd>
    </div>
  )
}
