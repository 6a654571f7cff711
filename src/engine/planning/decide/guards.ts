import type { Guards } from '../../../contract/definitions.ts'
import type { GuardFinding } from '../../../contract/shapes.ts'
import type { PlanCounts } from '../../../contract/states.ts'
import { plannedOf } from './counts.ts'

/** What the guards look at, all known before any request leaves. */
export interface GuardInput {
  guards: Guards
  counts: PlanCounts
  /** Rows of the complete extraction. */
  sourceRows: number
  /** Rows of the activation's last plan that passed. */
  previousSource?: number
  /** Records this activation is linked to before the plan. */
  base: number
  /** Records this activation created or added: those it might remove. */
  members: number
  /** The object is a list: creates are people who are added to it. */
  membership?: boolean
  /** Changes of the source's columns since the contract was written, in words. */
  schemaChanges?: string[]
  /** Keys that stand on more than one row. */
  duplicateKeys?: number
}

const liftHint = 'If it is right, lift this guard for this plan and say why.'

/** Every guard that stops the plan (semantics §4). One with a `count` takes that count, typed at approval, instead of a lift. */
export function checkGuards(input: GuardInput): GuardFinding[] {
  const checks = [noRows, schemaChanged, duplicateKeys, removals, updates, creates, coverage, size, sizeChange]
  return checks.map((check) => check(input)).filter((finding) => finding !== undefined)
}

/** So many changes are still a trial; more take the count typed, so that nobody loads everything by the side door. */
const trialChanges = 1000

/** A small plan on purpose has no shares to guard, but it stays small. */
export function trialGuards(counts: PlanCounts): GuardFinding[] {
  const planned = plannedOf(counts)
  if (planned <= trialChanges) return []
  return [{ guard: 'trial size', message: `This trial would write ${records(planned)}; up to ${number(trialChanges)} need no confirmation.`, next: `Type ${number(planned)} when approving.`, count: planned }]
}

/** More removals than this, chosen by hand, take their count typed. Guards stop an ordinary plan earlier; a revert has none. */
const removalsWithoutCount = 100

/** What has to be typed for the removals that people selected; nothing where a guard with a reason was lifted for them. */
export function removalsToConfirm(removing: number, guards: readonly GuardFinding[]): GuardFinding[] {
  if (removing <= removalsWithoutCount || guards.some(({ guard }) => guard === 'removals')) return []
  return [{ guard: 'selected removals', message: `${records(removing)} would be removed.`, next: `Type ${number(removing)} when approving.`, count: removing }]
}

type Check = (input: GuardInput) => GuardFinding | undefined

const noRows: Check = ({ sourceRows, previousSource }) => {
  if (sourceRows > 0) return undefined
  const before = previousSource === undefined || previousSource === 0 ? '' : `; the plan before had ${rows(previousSource)}`
  return { guard: 'no rows', message: `The source gave no rows${before}.`, next: `Check the product’s SQL and the segment. ${liftHint}` }
}

const schemaChanged: Check = ({ schemaChanges = [] }) => {
  if (schemaChanges.length === 0) return undefined
  return { guard: 'source schema', message: `The source’s columns changed: ${schemaChanges.join('; ')}.`, next: `Bring the product’s contract up to date. ${liftHint}` }
}

const duplicateKeys: Check = ({ duplicateKeys: keys = 0 }) => {
  if (keys === 0) return undefined
  return { guard: 'duplicate keys', message: `${rows(keys)} repeat a key that stands on another row.`, next: 'Make the key unique in the product.' }
}

const removals: Check = ({ counts, guards, members }) => {
  const tooMany = counts.remove > guards.removalCount
  if (counts.remove === 0 || (!tooMany && !isOver(counts.remove, members, guards.removalShare))) return undefined
  return {
    guard: 'removals',
    message: `${of(counts.remove, members)} known members would be removed; allowed are ${percent(guards.removalShare)} and at most ${number(guards.removalCount)}.`,
    next: `Check whether the source is complete. ${liftHint}`,
  }
}

const updates: Check = ({ counts, guards, base }) => {
  if (base === 0 || !isOver(counts.update, base, guards.updateShare)) return undefined
  return {
    guard: 'updates',
    message: `${of(counts.update, base)} known records would be updated; allowed are ${percent(guards.updateShare)}.`,
    next: `Look at what changed in the warehouse. ${liftHint}`,
  }
}

/** Without a base no share can be taken: whoever approves the first load types how many records it makes. */
const creates: Check = ({ counts, guards, base, membership }) => {
  const made = membership ? `${counts.create === 1 ? '1 person' : `${number(counts.create)} people`} would be added to the list` : `${records(counts.create)} would be created`
  if (counts.create === 0) return undefined
  if (base === 0) {
    return {
      guard: 'first load',
      message: `${made}, and nothing was ever sent before.`,
      next: `Type ${number(counts.create)} when approving.`,
      count: counts.create,
    }
  }
  if (!isOver(counts.create, base, guards.createShare)) return undefined
  return {
    guard: 'creates',
    message: `${made} beside ${number(base)} known ones (${share(counts.create, base)}); allowed are ${percent(guards.createShare)}.`,
    next: `Check the match key and the segment. ${liftHint}`,
  }
}

/** Coverage: rows that reach a record, or make one, out of all rows. */
const coverage: Check = ({ counts, guards, sourceRows }) => {
  if (guards.coverageFloor === undefined || sourceRows === 0) return undefined
  const covered = counts.create + counts.update + counts.unchanged
  if (covered >= guards.coverageFloor * counts.source) return undefined
  return {
    guard: 'coverage',
    message: `${of(covered, counts.source)} rows reach a record; at least ${percent(guards.coverageFloor)} are expected.`,
    next: `Look at the blocked rows by cause. ${liftHint}`,
  }
}

const size: Check = ({ guards, sourceRows }) => {
  const { sizeMinimum, sizeMaximum } = guards
  if (sourceRows === 0) return undefined
  const bound = sizeMinimum !== undefined && sourceRows < sizeMinimum ? `at least ${number(sizeMinimum)}` : sizeMaximum !== undefined && sourceRows > sizeMaximum ? `at most ${number(sizeMaximum)}` : undefined
  if (bound === undefined) return undefined
  return { guard: 'size', message: `The source gave ${rows(sourceRows)}; ${bound} are expected.`, next: `Check the segment. ${liftHint}` }
}

/** Fewer rows than this more or less are a small audience that changes, no accident. */
const smallChange = 100

const sizeChange: Check = ({ guards, sourceRows, previousSource }) => {
  if (sourceRows === 0 || previousSource === undefined || previousSource === 0) return undefined
  const change = Math.abs(sourceRows - previousSource)
  if (change < smallChange || !isOver(change, previousSource, guards.sizeChangeShare)) return undefined
  return {
    guard: 'size change',
    message: `The source gave ${rows(sourceRows)}; the plan before had ${number(previousSource)}. A change of up to ${percent(guards.sizeChangeShare)} is expected.`,
    next: `Check whether the source is complete. ${liftHint}`,
  }
}

/** More than the share allows. With nothing known, any number is more. */
function isOver(part: number, whole: number, allowed: number): boolean {
  return part > allowed * whole
}

function number(value: number): string {
  return value.toLocaleString('en')
}

function rows(value: number): string {
  return `${number(value)} ${value === 1 ? 'row' : 'rows'}`
}

function records(value: number): string {
  return `${number(value)} ${value === 1 ? 'record' : 'records'}`
}

function of(part: number, whole: number): string {
  return `${number(part)} of ${number(whole)}${whole === 0 ? '' : ` (${share(part, whole)})`}`
}

/** Rounded away from nothing: a share that is not zero is never shown as 0%. */
function share(part: number, whole: number): string {
  const value = (part / whole) * 100
  return value > 0 && value < 1 ? 'under 1%' : `${number(Math.round(value))}%`
}

function percent(value: number): string {
  return `${(value * 100).toLocaleString('en', { maximumFractionDigits: 2 })}%`
}
