import { Button, Select, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { InspectedFile } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber } from '../../shared/format.ts'
import { Section } from '../../shared/page.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { productName } from './file-types.ts'
import classes from './own-data.module.css'
import type { FileOptions } from './own-data-screen.tsx'

/** The key and a name; then the file becomes a workspace, or a data product of the open one. */
export function InitialiseForm({ file, options, busy }: { file: InspectedFile; options: FileOptions; busy: boolean }) {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const open = workspace.data ?? undefined
  const [name, setName] = useState(() => productName(file.path))
  const [key, setKey] = useState<string>()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const before = open?.definitions.filter((entry) => entry.kind === 'product').map((entry) => entry.id) ?? []
  const chosen = key ?? file.keyProposal[0]
  const make = useMutation({
    mutationFn: () => client.workspace.initialise({ file: file.path, options, name: name.trim(), ...(chosen === undefined ? {} : { key: chosen }) }),
    onSuccess: (info) => {
      const made = info.definitions.find((entry) => entry.kind === 'product' && !before.includes(entry.id))
      // In the address, because opening a workspace puts another frame around this screen.
      void navigate({ to: '/own-data', search: { made: made?.id ?? '', rows: file.rows }, replace: true })
      void queries.invalidateQueries()
    },
  })
  const column = file.columns.find((candidate) => candidate.name === chosen)
  const bad = column !== undefined && (column.empty > 0 || column.distinct < file.rows)
  return (
    <Section title={open === undefined ? 'Make a workspace of it' : `Add it to ${open.name}`}>
      <form
        className={classes['make']}
        onSubmit={(event) => {
          event.preventDefault()
          make.mutate()
        }}
      >
        <div className={classes['line']}>
          <TextInput label="Name" description="As your team calls this data" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <Select
            label="Key"
            description={file.keyProposal.length === 0 ? 'No column has one value per row' : 'One value per row, never empty'}
            searchable
            placeholder="Choose a column"
            data={file.columns.map((candidate) => ({ value: candidate.name, label: file.keyProposal.includes(candidate.name) ? `${candidate.name} (fits)` : candidate.name }))}
            value={chosen ?? null}
            onChange={(next) => next !== null && setKey(next)}
          />
        </div>
        {bad && (
          <StatusWord meaning="needs you">
            {column.name} is not one value per row: {formatNumber(column.distinct)} different values and {formatNumber(column.empty)} empty in {formatNumber(file.rows)} rows
          </StatusWord>
        )}
        {make.error !== null && <ErrorNotice error={make.error} />}
        <div>
          <Button type="submit" variant="filled" loading={make.isPending} disabled={busy || name.trim() === '' || chosen === undefined}>
            {open === undefined ? `Make a workspace of ${formatNumber(file.rows)} rows` : `Add ${formatNumber(file.rows)} rows as a data product`}
          </Button>
        </div>
      </form>
    </Section>
  )
}
