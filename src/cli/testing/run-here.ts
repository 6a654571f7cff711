import { runCommandLine } from '../run-command-line.ts'

/** Runs the command line in the test's own process, with an engine of its own: starting a process for each takes seconds. */
export async function runHere(words: string[], environment: Record<string, string>): Promise<{ exit: number; stdout: string; stderr: string }> {
  Object.assign(process.env, environment)
  let [stdout, stderr] = ['', '']
  const exit = await runCommandLine(words, {
    print: (text) => (stdout += text),
    say: (text) => (stderr += text),
    signal: new AbortController().signal,
  })
  return { exit, stdout, stderr }
}
