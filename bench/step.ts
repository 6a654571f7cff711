import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { peakMemory } from './measure.ts'

/** What every measured step is told. */
export interface StepInput {
  /** Folder of the data set and its workspaces. */
  folder: string
  rows: number
  keys: 'text' | 'number'
}

/** Runs one step in a process of its own, so that its peak memory is its own, and gives what it measured. */
export async function runStep<Result>(file: string, input: object): Promise<Result & { peakMb: number }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL(file, import.meta.url)), JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (part: Buffer) => (output += part.toString()))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  if (code !== 0) throw new Error(`the step ${file} ended with ${code}`)
  return JSON.parse(output.slice(output.lastIndexOf('\n{') + 1)) as Result & { peakMb: number }
}

/** The body of a step: takes its input from the command line and answers with one line of JSON. */
export async function step<Input extends object>(act: (input: Input) => Promise<object>): Promise<void> {
  const input = JSON.parse(process.argv[2] ?? '{}') as Input
  const result = await act(input)
  process.stdout.write(`\n${JSON.stringify({ ...result, peakMb: peakMemory() })}\n`)
}
