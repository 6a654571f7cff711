import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

const MEGABYTE = 1 << 20
/** What one file of a process may hold: an audience, or what a sort put aside. */
const MOST_FILE_MB = 64 * 1024

/**
 * Lets the system refuse a running process what goes far beyond its memory: asked for at once, it is not given, so that
 * one long value fails before it is made. Also no core dumps: they would hold people's data. False where the system
 * has no such limits (or not the program that sets them): the process then only watches itself.
 */
export async function holdToLimits(pid: number, memoryMb: number): Promise<boolean> {
  if (process.platform !== 'linux') return false
  try {
    // What is mapped but not in use counts too, so the bound is twice what the process may hold.
    const data = (await mappedBytes(pid)) + 2 * memoryMb * MEGABYTE
    await run('prlimit', ['--pid', String(pid), `--data=${data}`, '--core=0', `--fsize=${MOST_FILE_MB * MEGABYTE}`])
    return true
  } catch {
    return false
  }
}

async function mappedBytes(pid: number): Promise<number> {
  const kilobytes = /^VmData:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes ?? 0) * 1024
}
