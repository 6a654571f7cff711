import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import type { fileOptions } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { chooseFile } from '../../app/shell-bridge.ts'
import { engineError } from '../../shared/engine-error.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatNumber } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { ColumnTypes } from './column-types.tsx'
import { FileOptionInputs } from './file-option-inputs.tsx'
import { fileName } from './file-types.ts'
import { InitialiseForm } from './initialise-form.tsx'
import classes from './own-data.module.css'
import { RowPreview } from './row-preview.tsx'

export type FileOptions = z.infer<typeof fileOptions>

/** A file of one's own: how it is read, what its columns are, which is the key; then a workspace or a data product. */
export function OwnDataScreen({ path }: { path: string | undefined }) {
  if (path === undefined) return <ChooseFile />
  return <Inspect path={path} />
}

function useChooseFile() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => chooseFile('.csv,.tsv,.txt,.parquet,.duckdb,.db,.ddb'),
    onSuccess: (path) => {
      if (path !== undefined) void navigate({ to: '/own-data', search: { path } })
    },
  })
}

/** Without a workspace there is no navigation, so the way back is here. */
function WayBack() {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  return workspace.data === null ? <Link to="/">Back to the start</Link> : null
}

function ChooseFile() {
  const choose = useChooseFile()
  return (
    <Page title="Your own data" context={<WayBack />} scroll>
      <div className={classes['zone']}>
        <IconFileImport size={32} stroke={1.5} aria-hidden="true" />
        <h2>Drop a file anywhere on this window</h2>
        <p>A DuckDB file, a Parquet file or a CSV file with a header. It is read on this machine; nothing is sent anywhere.</p>
        <Button variant="filled" loading={choose.isPending} onClick={() => choose.mutate()}>
          Choose a file
        </Button>
        {choose.error !== null && <ErrorNotice error={choose.error} />}
      </div>
    </Page>
  )
}

function Inspect({ path }: { path: string }) {
  const [options, setOptions] = useState<FileOptions>({})
  const choose = useChooseFile()
  const inspection = useQuery({ ...engine.workspace.inspectFile.queryOptions({ input: { path, options } }), placeholderData: keepPreviousData, staleTime: Infinity })
  const file = inspection.data
  const failed = inspection.error !== null
  return (
    <Page
      title={fileName(path)}
      context={
        <>
          {file === undefined || failed ? '' : `${formatNumber(file.rows)} rows, ${formatNumber(file.columns.length)} columns `}
          <WayBack />
        </>
      }
      actions={
        <Button loading={choose.isPending} onClick={() => choose.mutate()}>
          Choose another file
        </Button>
      }
      scroll
    >
      <div className={classes['inspect']}>
        {file === undefined && inspection.isPending && <Loading label={`Reading ${fileName(path)}`} rows={8} />}
        {(file !== undefined || failed) && <FileOptionInputs file={file} malformed={failed && engineError(inspection.error).code === 'file-malformed'} options={options} onChange={setOptions} />}
        {failed && <ErrorNotice error={inspection.error} />}
        {file !== undefined && !failed && (
          <>
            <RowPreview file={file} reading={inspection.isFetching} />
            <ColumnTypes file={file} options={options} onChange={setOptions} />
            <InitialiseForm file={file} options={options} busy={inspection.isFetching} />
          </>
        )}
      </div>
    </Page>
  )
}
