import { tmpdir } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const parts = ['changes', 'everything read', 'first load', 'review', 'apply-http', 'renderer', 'identity'] as const
export type Part = (typeof parts)[number]

export interface BenchOptions {
  rows: number
  /** Whether a number of rows was asked for. */
  rowsGiven: boolean
  keys: 'text' | 'number'
  runs: number
  parts: Part[]
  /** Where data sets stay between measurements. */
  folder: string
  json: string | undefined
}

/** Above this only changes are measured by default: the other parts would take an hour. */
const mostRowsForAll = 1_000_000

export function readOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      rows: { type: 'string' },
      keys: { type: 'string', default: 'text' },
      runs: { type: 'string', default: '3' },
      part: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      folder: { type: 'string', default: `${tmpdir()}/lockstep-bench` },
      json: { type: 'string' },
    },
  })
  const rows = Number(values.rows ?? '1000000')
  if (!Number.isInteger(rows) || rows < 1000 || rows % 1000 !== 0) throw new Error('--rows takes a multiple of 1000')
  if (values.keys !== 'text' && values.keys !== 'number') throw new Error('--keys takes text or number')
  const wanted = (values.only ?? values.part)?.map(partNamed) ?? (rows <= mostRowsForAll ? parts.filter((part) => part !== 'identity') : ['changes' as const])
  // npm runs scripts in the project's folder; paths are meant from where the person stands.
  const json = values.json === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? '.', values.json)
  return { rows, rowsGiven: values.rows !== undefined, keys: values.keys, runs: Math.max(1, Number(values.runs) || 1), parts: wanted, folder: values.folder, json }
}

function partNamed(name: string): Part {
  const part = parts.find((one) => one === name)
  if (part === undefined) throw new Error(`--part takes ${parts.join(', ')}`)
  return part
}
