import { fstatSync, readFileSync } from 'node:fs'

const LOOK_MS = 1000
/** A pipe that ends this early was closed from the start and says nothing about whoever started us. */
const GRACE_MS = 300

/** Read when the process starts: a parent that ends soon after must not be missed. */
const parent = process.ppid
const npm = parentOf(parent)

/**
 * Runs `end` once, on the first signal or when whoever started this process is gone: no server outlives its terminal.
 * Whoever keeps a pipe to our input open is gone when it closes.
 */
export function endWithParent(end: () => Promise<void>): void {
  let ending = false
  const once = (): void => {
    if (ending) return
    ending = true
    clearInterval(timer)
    end().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  const timer = setInterval(() => {
    if (process.ppid !== parent || parentOf(parent) !== npm) once()
  }, LOOK_MS)
  timer.unref()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once)
  watchInput(once)
}

/** Between npm and its scripts stands a shell, which stays when npm is killed; elsewhere nobody stands between. */
function parentOf(shell: number): number | undefined {
  if (process.platform !== 'linux' || process.env['npm_lifecycle_event'] === undefined) return undefined
  try {
    // The name of the program may hold anything, so what follows its last bracket is read.
    return Number(readFileSync(`/proc/${shell}/stat`, 'utf8').split(')').at(-1)?.trim().split(' ')[1])
  } catch {
    return undefined
  }
}

function watchInput(ended: () => void): void {
  if (!inputIsPipe()) return
  const startedAt = performance.now()
  process.stdin.on('end', () => {
    if (performance.now() - startedAt > GRACE_MS) ended()
  })
  process.stdin.on('error', ended)
  process.stdin.resume()
}

function inputIsPipe(): boolean {
  try {
    const input = fstatSync(0)
    return input.isFIFO() || input.isSocket()
  } catch {
    return false
  }
}
