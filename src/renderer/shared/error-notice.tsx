import { IconAlertTriangleFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { engineError } from './engine-error.ts'
import classes from './states.module.css'

/** What happened, to what, what to do; the vendor's own message folded beneath. */
export function ErrorNotice({ error, action }: { error: unknown; action?: ReactNode }) {
  const { message, next, detail, file, line, field, value } = engineError(error)
  return (
    <div role="alert" className={classes['notice']}>
      <IconAlertTriangleFilled size={16} aria-hidden="true" />
      <div className={classes['noticeText']}>
        <p className={classes['noticeMessage']}>{message}</p>
        <ErrorPlace file={file !== undefined && message.includes(file) && line === undefined ? undefined : file} line={line} field={unsaid(field, message)} value={unsaid(value, message)} />
        {next !== undefined && <p>{next}</p>}
        {detail !== undefined && detail !== message && (
          <details>
            <summary>What the other side said</summary>
            <pre>{detail}</pre>
          </details>
        )}
        {action !== undefined && <div className={classes['noticeAction']}>{action}</div>}
      </div>
    </div>
  )
}

type Place = { file: string | undefined; line: number | undefined; field: string | undefined; value: string | undefined }

/** What the sentence says already is not said once more. */
function unsaid(word: string | undefined, message: string): string | undefined {
  return word === undefined || message.includes(word) ? undefined : word
}

/** A file that was dropped on the window lies in a folder of its own, which means nothing to a person. */
function knownAs(file: string): string {
  return /[/\\]uploads[/\\]/.test(file) ? (file.split(/[/\\]/).at(-1) ?? file) : file
}

/** File, line, field and value, where the error names them. */
function ErrorPlace({ file, line, field, value }: Place) {
  const parts = [
    file === undefined ? undefined : line === undefined ? knownAs(file) : `${knownAs(file)}, line ${line}`,
    field === undefined ? undefined : `field ${field}`,
    value === undefined ? undefined : `value “${value}”`,
  ].filter((part) => part !== undefined)
  if (parts.length === 0) return null
  return <p className={classes['noticePlace']}>{parts.join(' · ')}</p>
}
