import { chromium, type Page } from '@playwright/test'
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromiumPath } from '../../scripts/chromium-path.ts'
import { quantile } from '../measure.ts'
import { step } from '../step.ts'
import type { WorkspaceOptions } from '../workspace.ts'

export interface WatchResult {
  /** Tasks of the page that held it for 50 ms or more, in milliseconds. */
  longTasks: number[]
  /** Milliseconds between two frames, all of them. */
  frames: { count: number; p99: number; longest: number }
  /** How often the numbers on the screen changed. */
  changes: number
  ms: number
}

const ROOT = join(import.meta.dirname, '..', '..')
/** Longer than any run of this size. */
const patienceMs = 600_000

/** In the page, before its own code: what holds it up is written down. */
const recorder = `
  const seen = (window.__seen = { longTasks: [], frames: [], changes: 0 })
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.longTasks.push(entry.duration) }).observe({ type: 'longtask', buffered: true })
  let last = performance.now()
  const frame = (now) => { seen.frames.push(now - last); last = now; requestAnimationFrame(frame) }
  requestAnimationFrame(frame)
  document.addEventListener('DOMContentLoaded', () => {
    let before = ''
    new MutationObserver(() => {
      const text = document.querySelector('[aria-label="Planned rows by state"]')?.textContent ?? ''
      if (text !== before) seen.changes += 1
      before = text
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })`

/** A person watches a run from its first to its last row, in the web shell. */
await step<WorkspaceOptions & { planId: string }>(async ({ folder, workspace, planId }): Promise<WatchResult & object> => {
  const environment = { ...process.env, LOCKSTEP_DATA: `${folder}/renderer-data`, LOCKSTEP_KEYCHAIN: 'off' }
  // Progress of the command line is for people; here the page is looked at.
  const start = (words: string[]): ChildProcess => spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...words], { cwd: ROOT, env: environment, stdio: ['pipe', 'pipe', 'ignore'] })
  const shell = start(['src/web/index.ts', '--no-open', '-w', workspace])
  const browser = await chromium.launch({ executablePath: await chromiumPath(), args: ['--no-sandbox', '--disable-gpu'] })
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
    await page.addInitScript({ content: recorder })
    const link = /http:\S+/.exec(await lineOf(shell, /http:\/\/127/))?.[0] ?? ''
    await page.goto(link)
    const apply = start(['src/cli/index.js', '-w', workspace, '--json', 'apply', planId])
    const ended = new Promise<number | null>((done) => apply.once('close', done))
    await page.goto(new URL(`/#/runs/${await runOf(start, workspace)}`, link).href)
    await page.getByRole('group', { name: 'Planned rows by state' }).waitFor()
    await forget(page)
    const from = performance.now()
    await page.getByText(/, took \d/).waitFor({ timeout: patienceMs })
    const ms = performance.now() - from
    const code = await ended
    if (code !== 0) throw new Error(`apply ended with ${code}`)
    return { ...(await seenBy(page)), ms }
  } finally {
    await browser.close()
    shell.kill('SIGTERM')
  }
})

async function lineOf(child: ChildProcess, fits: RegExp): Promise<string> {
  if (!child.stdout) throw new Error('no output to read')
  for await (const line of createInterface({ input: child.stdout })) if (fits.test(line)) return line
  throw new Error('ended before it was ready')
}

/** The run that the plan has by now. */
async function runOf(start: (words: string[]) => ChildProcess, workspace: string): Promise<string> {
  for (;;) {
    const child = start(['src/cli/index.js', '-w', workspace, '--json', 'runs', 'list'])
    let text = ''
    child.stdout?.on('data', (part: Buffer) => (text += part.toString()))
    await new Promise((done) => child.once('close', done))
    const id = /"runId":\s*"([^"]+)"/.exec(text)?.[1]
    if (id !== undefined) return id
  }
}

/** Loading the page is not part of watching the run. */
async function forget(page: Page): Promise<void> {
  await page.evaluate('Object.assign(window.__seen, { longTasks: [], frames: [], changes: 0 })')
}

async function seenBy(page: Page): Promise<Omit<WatchResult, 'ms'>> {
  const { longTasks, frames, changes } = await page.evaluate<{ longTasks: number[]; frames: number[]; changes: number }>('window.__seen')
  return { longTasks, changes, frames: { count: frames.length, p99: quantile(frames, 0.99), longest: Math.max(0, ...frames) } }
}
