import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { definitionKind } from '../../../contract/definitions.ts'
import type { AuditEntry } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatAbsolute, formatNumber, plural, sentence } from '../../shared/format.ts'
import { useZone } from '../../shared/when.tsx'
import classes from './audit.module.css'
import { factLabel, factValue } from './fact-words.ts'

/** What only serves to check the chain and to put files back is not for reading. */
const unread = new Set(['sealed', 'files'])
const factsOf = (entry: AuditEntry): [string, unknown][] => Object.entries(entry.data).filter(([name]) => !unread.has(name))

/** One entry with its data and its place in the chain. */
export function EntryPane({ entry }: { entry: AuditEntry }) {
  const zone = useZone()
  return (
    <div className={classes['pane']}>
      <h2>Entry {formatNumber(entry.seq)}</h2>
      <p>{entry.words}</p>
      <dl className={classes['facts']}>
        <Fact name="When">{formatAbsolute(entry.at, zone)}</Fact>
        <Fact name="Who">{entry.actor}</Fact>
        <Fact name="What">{sentence(entry.kind)}</Fact>
        {entry.about !== undefined && <Fact name="About">{entry.about}</Fact>}
        {factsOf(entry).map(([name, value]) => {
          const { text, exact } = factValue(value)
          return (
            <Fact key={name} name={factLabel(name)} mono={exact}>
              {text}
            </Fact>
          )
        })}
        {entry.subject !== undefined && (
          <Fact name="Id of what it is about" mono>
            {entry.subject}
          </Fact>
        )}
        <Fact name="Hash in the chain" mono>
          {entry.hash}
        </Fact>
      </dl>
      {entry.kind === 'definition removed' && <PutBack entry={entry} />}
      {entry.subject !== undefined && (entry.kind === 'run finished' || entry.kind === 'run started') && <Batches run={entry.subject} />}
    </div>
  )
}

/** What was removed comes back to the letter, as long as nothing else has its place. */
function PutBack({ entry }: { entry: AuditEntry }) {
  const queries = useQueryClient()
  const kind = definitionKind.safeParse(entry.data['kind']).data
  const back = useMutation({
    mutationFn: async () => {
      if (kind === undefined || entry.subject === undefined) return
      await client.definitions.putBack({ kind, id: entry.subject })
      await queries.invalidateQueries()
    },
  })
  return (
    <div className={classes['dialog']}>
      {back.isError && <ErrorNotice error={back.error} />}
      {back.isSuccess ? <p role="status">It is back as it was.</p> : <Button loading={back.isPending} onClick={() => back.mutate()}>Put it back</Button>}
    </div>
  )
}

/** More than this are better looked at in the list, with each batch shown. */
const MOST_BATCHES = 200

/** What a run sent, batch by batch, the newest first. */
function Batches({ run }: { run: string }) {
  const zone = useZone()
  const batches = useQuery(engine.audit.list.queryOptions({ input: { subject: run, kind: 'batch', limit: MOST_BATCHES } }))
  if (batches.data === undefined || batches.data.total === 0) return null
  const { total, entries } = batches.data
  return (
    <details className={classes['batches']}>
      <summary>{plural(total, { one: 'batch', many: 'batches' })}</summary>
      <ol>
        {entries.map(({ seq, at, words }) => (
          <li key={seq}>
            <time dateTime={at}>{formatAbsolute(at, zone)}</time>
            <span>{words}</span>
          </li>
        ))}
      </ol>
      {total > entries.length && <p className={classes['quiet']}>The newest {formatNumber(entries.length)} of {formatNumber(total)}; the export has them all.</p>}
    </details>
  )
}

function Fact({ name, mono = false, children }: { name: string; mono?: boolean; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={mono ? 'mono' : undefined}>{children}</dd>
    </div>
  )
}
