import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { InspectedFile } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { chooseDataFile } from '../../app/choose-data-file.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { formatBytes, formatNumber, plural } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { ColumnPane } from './column-pane.tsx'
import { ColumnTable } from './column-table.tsx'
import { FileSettings } from './file-settings.tsx'
import { fileName, productName } from './file-types.ts'
import { KeyPane } from './key-pane.tsx'
import classes from './own-data.module.css'
import { ProductPane } from './product-pane.tsx'
import { RowPreview } from './row-preview.tsx'
import { useChoices } from './use-choices.ts'
import type { ChoiceHistory, Choices } from './use-choices.ts'
import { useLoad } from './use-load.ts'

/** A file of one's own: how it is read, what its columns are, which is the key; then a workspace or a data product. */
export function OwnDataScreen({ path }: { path: string | undefined }) {
  if (path === undefined) return <ChooseFile />
  return <Inspect path={path} />
}

function useChooseFile() {
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => chooseDataFile(),
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
  const history = useChoices({ options: {}, name: productName(path) })
  const choose = useChooseFile()
  const inspection = useQuery({ ...engine.workspace.inspectFile.queryOptions({ input: { path, options: history.choices.options } }), placeholderData: keepPreviousData, staleTime: Infinity })
  const [shown, setShown] = useState<InspectedFile>()
  // What was read last stays on the screen: a choice that cannot be read is said above it and can be taken back.
  if (inspection.data !== undefined && inspection.data !== shown) setShown(inspection.data)
  const file = inspection.data ?? shown
  const { load, open } = useLoad(file, history.choices)
  const failed = inspection.error !== null
  return (
    <Page
      title={fileName(path)}
      context={
        <>
          {file === undefined ? '' : `${plural(file.rows, row)} · ${plural(file.columns.length, { one: 'column', many: 'columns' })} · ${formatBytes(file.bytes)} · read on this machine, nothing loaded yet `}
          <WayBack />
        </>
      }
      actions={
        <>
          {file !== undefined && !failed && <Balance file={file} />}
          <Button loading={choose.isPending} onClick={() => choose.mutate()}>
            Choose another file
          </Button>
          {file !== undefined && (
            <Button variant="filled" loading={load.isPending} disabled={failed || inspection.isFetching || !canLoad(file, history.choices)} onClick={() => load.mutate()}>
              {open === undefined ? `Make a workspace of ${plural(file.load, row)}` : `Add ${plural(file.load, row)} as a data product`}
            </Button>
          )}
        </>
      }
    >
      {file === undefined && inspection.isPending && <Loading label={`Reading ${fileName(path)}`} rows={8} />}
      {(file !== undefined || failed) && (
        <div className={classes['import']}>
          <FileSettings file={file} history={history} />
          {failed && <ErrorNotice error={inspection.error} />}
          {load.error !== null && <ErrorNotice error={load.error} />}
          {file !== undefined && <Findings file={file} history={history} reading={inspection.isFetching} />}
        </div>
      )}
    </Page>
  )
}

/** Every row is on one side or the other. */
function Balance({ file }: { file: InspectedFile }) {
  return (
    <b role="status" className={classes['balance']}>
      {formatNumber(file.load)} load + {formatNumber(file.blocked)} blocked = {formatNumber(file.rows)}
    </b>
  )
}

function canLoad(file: InspectedFile, { name }: Choices): boolean {
  return name.trim() !== '' && file.key !== undefined && file.load > 0 && !file.unfit.some(({ tooMany }) => tooMany)
}

function Findings({ file, history, reading }: { file: InspectedFile; history: ChoiceHistory; reading: boolean }) {
  const [opened, setOpened] = useState<string>()
  const column = file.columns.find(({ name }) => name === (opened ?? file.unfit[0]?.column))
  return (
    <>
      <div className={classes['upper']}>
        <div className={classes['decided']}>
          <ColumnTable file={file} history={history} open={column?.name} onOpen={setOpened} />
          <ProductPane file={file} history={history} />
        </div>
        <aside className={classes['beside']} aria-label="Choices" aria-busy={reading}>
          {column !== undefined && <ColumnPane file={file} column={column} history={history} />}
          <KeyPane file={file} fileKey={file.key} history={history} />
        </aside>
      </div>
      <RowPreview file={file} reading={reading} />
    </>
  )
}

const row = { one: 'row', many: 'rows' }
