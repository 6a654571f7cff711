import { createContext, use } from 'react'
import type { FilterColumn, LoadValues } from './filter-columns.ts'
import type { DraftGroup, DraftNode } from './filter-draft.ts'

/** Rows for which a part holds alone, and rows left with everything before it. */
export interface PartCount {
  alone: number
  together: number
}

export interface BuilderContext {
  columns: FilterColumn[]
  loadValues: LoadValues
  /** Distinguishes cached values of different products. */
  valuesOf: string
  counts: ReadonlyMap<string, PartCount>
  total: number | undefined
  counting: boolean
  root: DraftGroup
  change: (next: DraftGroup) => void
  newCondition: () => DraftNode
  newGroup: () => DraftNode
  /** The part whose first control takes the focus when it appears. */
  focus: string | undefined
  setFocus: (id: string | undefined) => void
}

export const Builder = createContext<BuilderContext | undefined>(undefined)

/** The builder around a part. */
export function useBuilder(): BuilderContext {
  const context = use(Builder)
  if (context === undefined) throw new Error('A filter part stands outside its builder.')
  return context
}
