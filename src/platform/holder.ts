import { hostname } from 'node:os'
import type { Holder } from '../engine/storage/lease.ts'

/** This process, as the owner of a workspace. */
export const thisProcess: Holder = { process: process.pid, host: hostname(), isRunning }

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    // Not ours to signal, so it runs.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
