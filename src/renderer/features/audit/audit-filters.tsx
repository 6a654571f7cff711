import { Button, Checkbox, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { AuditFacets, AuditFilter } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { formatNumber } from '../../shared/format.ts'
import classes from './audit.module.css'

type Part = 'actor' | 'kind' | 'object'
const parts: { part: Part; label: string; everything: string; facet: keyof AuditFacets }[] = [
  { part: 'actor', label: 'Who', everything: 'Everybody', facet: 'actors' },
  { part: 'kind', label: 'What was done', everything: 'Everything', facet: 'kinds' },
  { part: 'object', label: 'About', everything: 'Anything', facet: 'objects' },
]

/** Narrows the log to a person, an act, or what it was about. Batches stand with their run until somebody asks for them. */
export function AuditFilters({ filter, onFilter }: { filter: AuditFilter; onFilter: (filter: AuditFilter) => void }) {
  const facets = useQuery(engine.audit.facets.queryOptions())
  const narrowed = parts.some(({ part }) => filter[part] !== undefined)
  return (
    <div className={classes['filters']} role="search" aria-label="Narrow the log">
      {parts.map(({ part, label, everything, facet }) => (
        <Select
          key={part}
          aria-label={label}
          placeholder={`${label}: ${everything.toLowerCase()}`}
          data={(facets.data?.[facet] ?? []).map(({ value, label: words, entries }) => ({ value, label: `${words} (${formatNumber(entries)})` }))}
          value={filter[part] ?? null}
          onChange={(value) => onFilter({ ...filter, [part]: value ?? undefined })}
          clearable
          searchable
          clearButtonProps={{ 'aria-label': `${label}: ${everything.toLowerCase()}` }}
        />
      ))}
      <Checkbox label="Each batch" checked={filter.batches} onChange={(event) => onFilter({ ...filter, batches: event.currentTarget.checked })} />
      {narrowed && <Button onClick={() => onFilter({ batches: filter.batches })}>Show all</Button>}
    </div>
  )
}
