import { runCommandLine } from './run-command-line.ts'

/** As shells count a program that a person interrupted. */
const INTERRUPTED = 130

/** The first signal asks to stop in an orderly way; the second ends the process where it stands. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController()
  const stop = (): void => {
    if (stopping.signal.aborted) process.exit(INTERRUPTED)
    stopping.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return stopping.signal
}

// Whoever reads our output may leave early, as `head` does.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await runCommandLine(process.argv.slice(2), {
  print: (text) => process.stdout.write(text),
  say: (text) => process.stderr.write(text),
  signal: stopSignal(),
})
