import { Button, FileButton } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { AppError } from '../../../contract/errors.ts'
import { type AuditVerdict, largestManifestBytes } from '../../../contract/shapes.ts'
import { client } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import classes from './audit.module.css'

/** Checks the chain, alone or against the manifest of an earlier export, and says what that proves and what not. */
export function VerifyPanel() {
  const verify = useMutation({
    mutationFn: async (file: File | undefined) => client.audit.verify(file === undefined ? {} : { manifest: await manifestText(file) }),
  })
  return (
    <section className={classes['verify']} aria-label="Verify the log">
      <p className={classes['quiet']}>The chain alone shows changes inside it. The manifest of an earlier export also shows whether the end was cut off.</p>
      <div className={classes['verifyActions']}>
        <Button loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
          Verify the chain
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => file !== null && verify.mutate(file)}>
          {(props) => (
            <Button {...props} disabled={verify.isPending}>
              Verify against a manifest…
            </Button>
          )}
        </FileButton>
      </div>
      <div aria-live="polite">
        {verify.isError && <ErrorNotice error={verify.error} />}
        {verify.data !== undefined && <Verdict verdict={verify.data} />}
      </div>
    </section>
  )
}

async function manifestText(file: File): Promise<string> {
  if (file.size <= largestManifestBytes) return file.text()
  throw new AppError('bad-input', `${file.name} has ${formatNumber(file.size)} bytes; a manifest has a few thousand.`, { next: 'Choose the manifest.json of an earlier export.' })
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  return (
    <div className={classes['verdict']}>
      <StatusWord meaning={verdict.ok ? 'verified' : 'problem'}>{verdict.ok ? 'Unbroken' : 'Something is wrong with the log'}</StatusWord>
      <p>{verdict.words}</p>
      {verdict.problems.length > 0 && (
        <ul>
          {verdict.problems.map((problem) => (
            <li key={`${problem.kind} ${problem.seq}`}>
              Entry {formatNumber(problem.seq)}: {problem.message ?? problem.kind}
            </li>
          ))}
        </ul>
      )}
      <p className={classes['quiet']}>
        {formatNumber(verdict.entries)} entries, head <code>{verdict.head}</code>
      </p>
    </div>
  )
}
