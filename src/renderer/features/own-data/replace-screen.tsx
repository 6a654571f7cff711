import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { Replacement } from '../../../contract/shapes.ts'
import { client, engine } from '../../app/client.ts'
import { chooseDataFile } from '../../app/choose-data-file.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { notifyDone } from '../../shared/notify.tsx'
import { Frame, Page, Section } from '../../shared/page.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { fileName, typeLabel } from './file-types.ts'
import classes from './own-data.module.css'

const row = { one: 'row', many: 'rows' }

/** What another file in place of a source's own would change and break; the one in use stays until somebody agrees. */
export function ReplaceScreen({ source, path }: { source: string; path: string }) {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const check = useQuery({ ...engine.sources.checkReplacement.queryOptions({ input: { source, file: path } }), staleTime: Infinity, retry: false })
  const found = check.data
  const choose = useMutation({
    mutationFn: () => chooseDataFile('text'),
    onSuccess: (next) => next !== undefined && void navigate({ to: '/own-data', search: { replace: source, path: next } }),
  })
  const replace = useMutation({
    mutationFn: (shown: Replacement) => client.sources.replaceFile({ source, file: path, accept: { load: shown.load, blocked: shown.blocked } }),
    onSuccess: ({ load }) => {
      notifyDone(`${plural(load, row)} of ${fileName(path)} are in use now. The file before is kept as it was.`)
      void queries.invalidateQueries()
      void navigate({ to: '/connections' })
    },
  })
  return (
    <Page
      title={`Replace the file of ${source}`}
      context={`${fileName(path)} · the file in use stays until you replace it`}
      actions={
        <>
          {found?.fits === true && (
            <b role="status" className={classes['balance']}>
              {formatNumber(found.load)} load + {formatNumber(found.blocked)} blocked = {formatNumber(found.rows)}
            </b>
          )}
          <Button loading={choose.isPending} onClick={() => choose.mutate()}>
            Choose another file
          </Button>
          {found !== undefined && (
            <Button variant="filled" disabled={!found.fits} loading={replace.isPending} onClick={() => replace.mutate(found)}>
              Replace with {plural(found.load, row)}
            </Button>
          )}
        </>
      }
      scroll
    >
      {check.isPending && <Loading label={`Reading ${fileName(path)}`} rows={6} />}
      {check.error !== null && <ErrorNotice error={check.error} />}
      {replace.error !== null && <ErrorNotice error={replace.error} />}
      {found !== undefined && <Findings found={found} />}
    </Page>
  )
}

function Findings({ found }: { found: Replacement }) {
  return (
    <>
      <Section title={found.fits ? 'What changes' : 'This file breaks what was promised'}>
        <ul className={classes['changes']}>
          {changes(found).map(({ words, bad }) => (
            <li key={words}>
              <StatusWord meaning={bad ? 'problem' : 'quiet'}>{words}</StatusWord>
            </li>
          ))}
        </ul>
      </Section>
      {found.broken.map((column) => (
        <Section key={column.column} title={`${column.column} as ${typeLabel(column.type)}`} aside={`${plural(column.rows, row)} ${column.rows === 1 ? 'does' : 'do'} not fit`}>
          <Frame>
            <div className={classes['rows']}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">Line</th>
                    <th scope="col">In the file</th>
                  </tr>
                </thead>
                <tbody>
                  {column.lines.map(({ line, text }) => (
                    <tr key={line}>
                      <td>{formatNumber(line)}</td>
                      <td className={classes['unfit']}>{text}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </Frame>
        </Section>
      ))}
    </>
  )
}

/** What is different, in sentences; those that stand in the way first. */
function changes({ before, load, columns, broken, keys }: Replacement): { words: string; bad: boolean }[] {
  const missing = columns.missing.map((column) => ({ words: `There is no column ${column} any more`, bad: true }))
  const unfit = broken.map(({ column, rows }) => ({ words: `${plural(rows, row)} of ${column} ${rows === 1 ? 'does' : 'do'} not hold what the column was loaded as`, bad: true }))
  const badKeys = keys.flatMap(({ product, key, repeated, empty }) => [
    ...(repeated === 0 ? [] : [{ words: `${plural(repeated, { one: 'value', many: 'values' })} of ${key}, the key of ${product}, ${repeated === 1 ? 'stands' : 'stand'} on more than one row`, bad: true }]),
    ...(empty === 0 ? [] : [{ words: `${plural(empty, row)} ${empty === 1 ? 'has' : 'have'} no ${key}, the key of ${product}`, bad: true }]),
  ])
  const moved = keys.map(({ product, added, gone, stay }) => ({ words: `${product}: ${formatNumber(added)} new, ${formatNumber(gone)} gone, ${formatNumber(stay)} stay`, bad: false }))
  const added = columns.added.length === 0 ? [] : [{ words: `New columns: ${columns.added.join(', ')}`, bad: false }]
  const rows = broken.length + missing.length > 0 ? [] : [{ words: `${plural(load, row)} load${before === undefined ? '' : `, ${formatNumber(before)} do now`}`, bad: false }]
  return [...missing, ...unfit, ...badKeys, ...rows, ...moved, ...added]
}
