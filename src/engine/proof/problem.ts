import type { AuditVerdict } from '../../contract/shapes.ts'

/** What does not hold, and at which entry of the chain. */
export type AuditProblem = AuditVerdict['problems'][number]

/** A row that is not what the entry `seq` recorded. */
export const changed = (seq: number, message: string): AuditProblem => ({ kind: 'changed', seq, message })
/** What an entry speaks of is not there. */
export const missing = (seq: number, message: string): AuditProblem => ({ kind: 'missing', seq, message })
/** What is stored, and no entry tells of; `seq` is the last entry there is. */
export const unrecorded = (seq: number, message: string): AuditProblem => ({ kind: 'unrecorded', seq, message })
/** What came after the entry before `seq` is not there any more. */
export const truncated = (seq: number, message: string): AuditProblem => ({ kind: 'truncated', seq, message })
