import { readdirSync } from 'node:fs'
import { openDatabase } from '../src/engine/storage/database.ts'
import type { PlanFilter } from '../src/contract/shapes.ts'
import type { PageQuery } from '../src/engine/planning/stored/plan-lists.ts'
import { PlanReader } from '../src/engine/planning/stored/plan-reader.ts'
import { median, now } from './measure.ts'
import { step } from './step.ts'
import type { WorkspaceOptions } from './workspace.ts'

export interface ReviewResult {
  records: number
  fields: number
  openMs: number
  /** By what was asked: the first page, then the median of pages all over the list. */
  pages: Record<string, { firstMs: number; medianMs: number }>
}

const limit = 100
/** Where on the list pages are read: its beginning, its end and between, as a person drags the scroll bar. */
const shares = [0, 0.999_95, 0.5, 0.25, 0.75, 0.1, 0.9]

/** Reads pages of the plan that the first load stored, as the grid of Review asks for them. */
await step<WorkspaceOptions>(async ({ workspace }): Promise<ReviewResult & object> => {
  const state = `${workspace}/.lockstep`
  const [plan = ''] = readdirSync(`${state}/plans`)
  const database = openDatabase(state, Date.now())
  const start = now()
  const reader = await PlanReader.open({ planId: plan, folder: `${state}/plans/${plan}`, tempFolder: `${state}/temp`, database, rows: 300_000, label: ['email'] })
  const openMs = now() - start
  const pages: ReviewResult['pages'] = {}
  const measure = async (name: string, read: (offset: number) => Promise<{ total: number; rows: unknown[] }>): Promise<number> => {
    const taken: number[] = []
    let total = 0
    for (const share of shares) {
      const from = now()
      const page = await read(Math.floor(Math.max(0, total - limit) * share))
      taken.push(now() - from)
      total = page.total
    }
    pages[name] = { firstMs: taken[0] ?? 0, medianMs: median(taken.slice(1)) }
    return total
  }
  const of = (sort?: PageQuery['sort'], search?: string) => ({ ...(sort ? { sort } : {}), ...(search ? { search } : {}) })
  const fieldPages = (filter: PlanFilter, more: object) => (offset: number) => reader.lists.fieldRows({ filter, offset, limit, ...more }, new Map())
  const recordPages = (filter: PlanFilter, more: object) => (offset: number) => reader.lists.recordRows({ filter, offset, limit, ...more })
  const fields = await measure('fields, plan order', fieldPages('create', of()))
  await measure('fields, one field', fieldPages('create', { field: 'plan' }))
  await measure('fields, sorted by label', fieldPages('create', of({ by: 'label', descending: true })))
  await measure('fields, search', fieldPages('create', of(undefined, 'user99')))
  const records = await measure('records, plan order', recordPages('create', of()))
  await measure('records, sorted by label', recordPages('create', of({ by: 'label', descending: false })))
  await measure('records, search', recordPages('create', of(undefined, 'abc')))
  await measure('records, unchanged', recordPages('unchanged', of()))
  const before = now()
  await reader.totals()
  pages['totals'] = { firstMs: now() - before, medianMs: now() - before }
  const key = (await reader.lists.recordRows({ filter: 'create', offset: Math.floor(records / 2), limit: 1 })).rows[0]?.record ?? ''
  const asked = now()
  await reader.lists.record(key, new Map())
  pages['one record'] = { firstMs: now() - asked, medianMs: now() - asked }
  reader.close()
  database.close()
  return { records, fields, openMs, pages }
})
