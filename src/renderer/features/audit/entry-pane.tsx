import type { AuditEntry } from '../../../contract/shapes.ts'
import { formatAbsolute, formatNumber } from '../../shared/format.ts'
import { useZone } from '../../shared/when.tsx'
import classes from './audit.module.css'

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
        {entry.subject !== undefined && <Fact name="Of">{entry.subject}</Fact>}
        <Fact name="Kind">{entry.kind}</Fact>
        {Object.entries(entry.data).map(([name, value]) => (
          <Fact key={name} name={name} mono>
            {typeof value === 'string' ? value : JSON.stringify(value)}
          </Fact>
        ))}
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
