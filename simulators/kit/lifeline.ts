import { fstatSync } from 'node:fs'

/** A pipe that ends this early was closed from the start and says nothing about the parent. */
const GRACE_MILLISECONDS = 300
const PARENT_CHECK_MILLISECONDS = 500

/** Read when the process starts: a parent that ends while a large seed is loading must not be missed. */
const PARENT = process.ppid

/** Calls `stop` once on SIGTERM, SIGINT or when the parent process ends. */
export function onEndOfLife(stop: () => void): void {
  let stopped = false
  const stopOnce = (): void => {
    if (stopped) return
    stopped = true
    stop()
  }
  process.on('SIGTERM', stopOnce)
  process.on('SIGINT', stopOnce)
  watchParent(stopOnce)
  if (isPipe(0)) watchInput(stopOnce)
}

function watchParent(stop: () => void): void {
  setInterval(() => {
    if (process.ppid !== PARENT) stop()
  }, PARENT_CHECK_MILLISECONDS).unref()
}

function watchInput(stop: () => void): void {
  const startedAt = Date.now()
  process.stdin.on('end', () => {
    if (Date.now() - startedAt > GRACE_MILLISECONDS) stop()
  })
  process.stdin.on('error', stop)
  process.stdin.resume()
}

function isPipe(descriptor: number): boolean {
  try {
    const input = fstatSync(descriptor)
    return input.isFIFO() || input.isSocket()
  } catch {
    return false
  }
}
