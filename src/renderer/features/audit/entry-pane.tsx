import type { AuditEntry } from '../../../contract/shapes.ts'
import { formatAbsolute, formatNumber, sentence } from '../../shared/format.ts'
import { useZone } from '../../shared/when.tsx'
import classes from './audit.module.css'
import { factLabel, factValue } from './fact-words.ts'

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
        {Object.entries(entry.data).map(([name, value]) => {
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
    </div>
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
