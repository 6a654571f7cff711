import type { RunProgress } from '../contract/shapes.ts'
import type { CommandInput, CommandResult } from './command.ts'
import type { Caller } from './connect-engine.ts'
import { OwnerGone } from './owner-gone.ts'
import { count, counted, pairs } from './table.ts'

/** Between two lines of progress where no terminal can overwrite the last one. */
const LINE_EVERY_MS = 2000

/** Follows a run to its end. The first signal cancels it: what was sent is settled and verified, the rest is not sent. */
export async function followRun(run: string, input: CommandInput): Promise<CommandResult> {
  const engine = await input.engine()
  const cancel = (): void => {
    input.say('Stopping: what was sent is settled, the rest is not sent. Press Ctrl-C again to leave at once.')
    // The run may have ended a moment ago; then there is nothing to cancel.
    engine.caller.runs.cancel({ run }).catch(() => {})
  }
  if (input.signal.aborted) cancel()
  input.signal.addEventListener('abort', cancel, { once: true })
  const show = progressLine(input.say)
  try {
    const ended = await engine.persist((caller) => watchToTheEnd(caller, run, show), onceOnly(() => input.say('The Lockstep that worked on this run was closed. The run goes on here.')))
    return runResult(ended, input.options['strict'] === true)
  } finally {
    input.signal.removeEventListener('abort', cancel)
    show.end()
  }
}

async function watchToTheEnd(caller: Caller, run: string, show: (progress: RunProgress) => void): Promise<RunProgress> {
  for await (const progress of await caller.runs.watch({ run })) {
    show(progress)
    // Only a person can help it on, and the run remembers where it was.
    if (progress.hold === 'reconnect') return progress
  }
  const last = await caller.runs.get({ run })
  if (isOver(last)) return last
  throw new OwnerGone('The engine closed before the run had ended.')
}

function isOver({ state }: RunProgress): boolean {
  return state === 'done' || state === 'stopped' || state === 'failed'
}

function onceOnly(act: () => void): () => void {
  let done = false
  return () => {
    if (!done) act()
    done = true
  }
}

/** A run as a result: exactly the keys of architecture §8. */
export function runResult(run: RunProgress, strict: boolean): CommandResult {
  const { runId, state, counts } = run
  const flawed = counts.rejected + counts.quarantined + counts.unknown + counts.overridden > 0
  if (run.hold === 'reconnect') return { json: { runId, state, counts }, text: runText(run), exit: 3 }
  return { json: { runId, state, counts }, text: runText(run), exit: state === 'done' && !(strict && flawed) ? 0 : 1 }
}

function runText(run: RunProgress): string {
  const { counts } = run
  const parts: [string, number][] = [
    ['delivered', counts.delivered],
    ['verified', counts.verified],
    ['overridden by the destination', counts.overridden],
    ['cannot be verified', counts.unverifiable],
    ['rejected', counts.rejected],
    ['quarantined', counts.quarantined],
    ['unknown', counts.unknown],
    ['skipped', counts.skipped],
    ['pending', counts.pending + counts.sent + counts.accepted],
  ]
  const ending = run.reason === undefined ? '' : `: ${[run.reason, run.next].filter((part) => part !== undefined).join(' ')}`
  return [
    `Run ${run.runId} of ${run.activationName} is ${run.paused ? 'paused' : run.state}${ending}`,
    `${counted(counts.planned, 'record', 'records')} planned`,
    pairs(parts.map(([name, value]) => [name, value === 0 && name !== 'delivered' && name !== 'verified' ? undefined : count(value)])),
  ].join('\n')
}

interface ProgressLine {
  (progress: RunProgress): void
  end(): void
}

/** On a terminal one line that changes; elsewhere a line now and then. */
function progressLine(say: CommandInput['say']): ProgressLine {
  const terminal = process.stderr.isTTY
  let last = ''
  let lastState = ''
  let lastAt = 0
  const show = (progress: RunProgress): void => {
    const line = progressText(progress)
    const now = Date.now()
    if (line === last || (!terminal && progress.state === lastState && now - lastAt < LINE_EVERY_MS)) return
    if (terminal) process.stderr.write(`\r\x1b[2K${line}`)
    else say(line)
    last = line
    lastState = progress.state
    lastAt = now
  }
  return Object.assign(show, {
    end(): void {
      if (terminal && last !== '') process.stderr.write('\n')
    },
  })
}

function progressText({ state, counts, waits, paused }: RunProgress): string {
  const settled = counts.delivered + counts.rejected + counts.skipped + counts.quarantined + counts.unknown
  const checked = state === 'verifying' || state === 'done' ? `, ${count(counts.verified)} verified` : ''
  const wait = waits[0] === undefined ? '' : `, waiting for ${waits[0].limit} until ${waits[0].until.slice(11, 19)} UTC`
  return `${paused ? 'paused' : state}: ${count(settled)} of ${count(counts.planned)}${checked}${wait}`
}
