import type { QueryKey } from '@tanstack/react-query'
import { useQueries, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'

export const PAGE_ROWS = 100
const FORGET_AFTER_MS = 60_000
const SETTLE_MS = 60

export type Page<Row> = { total: number; rows: Row[] }

/** Rows of the engine, of which only pages in view are here. */
export type PagedRows<Row> = {
  total: number
  rowAt: (index: number) => Row | undefined
  loaded: readonly Row[]
  /** Nothing is known yet, not even how many. */
  pending: boolean
  error: unknown
  retry: () => void
  /** The grid says which rows it draws. */
  show: (first: number, last: number) => void
}

type Options<Row> = {
  /** Names the rows: everything that changes them (plan, filter, sort, search). */
  queryKey: QueryKey
  fetch: (offset: number, limit: number, signal: AbortSignal) => Promise<Page<Row>>
}

/** Fetches pages by range as the grid scrolls; pages out of view are forgotten after a minute. */
export function usePagedRows<Row>({ queryKey, fetch }: Options<Row>): PagedRows<Row> {
  const client = useQueryClient()
  const [range, setRange] = useState({ first: 0, last: 0 })
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const pages = useMemo(() => {
    const from = Math.floor(range.first / PAGE_ROWS)
    const to = Math.floor(range.last / PAGE_ROWS)
    return Array.from({ length: to - from + 1 }, (_, index) => from + index)
  }, [range])
  const queries = useQueries({
    queries: pages.map((page) => ({
      queryKey: [...queryKey, 'page', page],
      queryFn: ({ signal }: { signal: AbortSignal }) => fetch(page * PAGE_ROWS, PAGE_ROWS, signal),
      gcTime: FORGET_AFTER_MS,
    })),
  })
  const known = useRef<{ key: string; total: number }>({ key: '', total: 0 })
  const key = JSON.stringify(queryKey)
  const answered = queries.find((query) => query.data !== undefined)?.data
  if (answered !== undefined) known.current = { key, total: answered.total }
  const pending = answered === undefined && known.current.key !== key

  const show = useCallback((first: number, last: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setRange((before) => (before.first === first && before.last === last ? before : { first, last })), SETTLE_MS)
  }, [])
  useEffect(() => () => clearTimeout(timer.current), [])

  const byPage = new Map(pages.map((page, index) => [page, queries[index]?.data?.rows]))
  const loaded = useSameRows(queries.flatMap((query) => query.data?.rows ?? []))
  return {
    total: pending ? 0 : (answered?.total ?? known.current.total),
    rowAt: (index) => {
      const page = Math.floor(index / PAGE_ROWS)
      // Out of view, but not forgotten yet: rows that were marked before scrolling on.
      const rows = byPage.get(page) ?? client.getQueryData<Page<Row>>([...queryKey, 'page', page])?.rows
      return rows?.[index % PAGE_ROWS]
    },
    loaded,
    pending,
    error: queries.find((query) => query.isError)?.error,
    retry: () => {
      for (const query of queries) if (query.isError) void query.refetch()
    },
    show,
  }
}

/** The same array while it holds the same rows, so that widths are measured once per arrival. */
function useSameRows<Row>(rows: readonly Row[]): readonly Row[] {
  const kept = useRef(rows)
  const same = kept.current.length === rows.length && kept.current.every((row, index) => row === rows[index])
  if (!same) kept.current = rows
  return kept.current
}
