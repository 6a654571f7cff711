import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { engine } from '../../app/client.ts'
import { formatNumber } from '../../shared/format.ts'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import classes from './own-data.module.css'

/** The file is in; the next steps that make sense now. */
export function WhatNext({ made, rows }: { made: string; rows: number }) {
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const info = workspace.data ?? undefined
  if (info === undefined) return <Page title="Your own data">{<Loading label="Reading the workspace" />}</Page>
  const product = info.definitions.find((entry) => entry.kind === 'product' && entry.id === made)
  const connected = info.definitions.some((entry) => entry.kind === 'connection')
  return (
    <Page title="Your own data" context={info.folder} scroll>
      <section className={`surface ${classes['next']}`} aria-label="What next">
        <h2>
          {formatNumber(rows)} rows are ready as {product?.name ?? 'a data product'} in {info.name}.
        </h2>
        <ul>
          <li>
            <Link to="/connections/new" search={{}}>
              {connected ? 'Connect another destination' : 'Connect a destination'}
            </Link>
            <span>the system that should act on this data</span>
          </li>
          <li>
            <Link to="/segments">Make a segment</Link>
            <span>choose who is meant, by pointing and clicking</span>
          </li>
          {product !== undefined && (
            <li>
              <Link to="/products/$product" params={{ product: product.id }}>
                Look at {product.name}
              </Link>
              <span>its contract, its decisions, and who answers for it</span>
            </li>
          )}
          <li>
            <Link to="/own-data" search={{}}>
              Add another file
            </Link>
            <span>as a further data product of this workspace</span>
          </li>
        </ul>
      </section>
    </Page>
  )
}
