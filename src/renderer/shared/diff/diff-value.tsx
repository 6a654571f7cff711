import type { Raw } from '../../../contract/states.ts'
import { formatRaw, isEmpty } from '../format.ts'
import classes from './diff.module.css'
import { diffText } from './text-diff.ts'

const LONG_TEXT = 60

/** One value: "(empty)" in quiet type, anything else as it is. */
export function Value({ value, strong = false }: { value: Raw | undefined; strong?: boolean }) {
  return (
    <span className={strong ? classes['new'] : undefined} data-empty={isEmpty(value) || undefined}>
      {formatRaw(value)}
    </span>
  )
}

/** Old struck and muted, new strong; long texts word by word. */
export function ValueChange({ before, after }: { before: Raw | undefined; after: Raw | undefined }) {
  const old = formatRaw(before)
  const fresh = formatRaw(after)
  if (isEmpty(before)) return <ins className={classes['new']}>{fresh}</ins>
  if (!isEmpty(after) && (old.length > LONG_TEXT || fresh.length > LONG_TEXT)) return <InlineChange before={old} after={fresh} />
  return (
    <span>
      <del className={classes['old']}>{old}</del>
      <span className={classes['arrow']} aria-hidden="true">
        →
      </span>
      <ins className={classes['new']}>{fresh}</ins>
    </span>
  )
}

function InlineChange({ before, after }: { before: string; after: string }) {
  return (
    <span className={classes['inline']}>
      {diffText(before, after).map((part, index) => {
        if (part.kind === 'same') return <span key={index}>{part.text}</span>
        if (part.kind === 'old') return <del key={index}>{part.text}</del>
        return <ins key={index}>{part.text}</ins>
      })}
    </span>
  )
}
