/** `npm start`: Electron where its program is here or can be had and a window can be shown, else the page in a browser. */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { hasDisplay } from '../src/platform/open-browser.ts'
import { explain, runWebShell } from '../src/web/index.ts'
import { buildIfStale } from './build-if-stale.ts'
import { electronBinary } from './electron-binary.ts'

async function start(words: string[]): Promise<void> {
  if (words.includes('--web')) return openInBrowser(words)
  if (!hasDisplay()) return openInBrowser(words, 'This machine shows no windows, so Lockstep opens in a browser instead of Electron.')
  const electron = await electronBinary()
  if (!electron) return openInBrowser(words, 'Electron is not on this machine and could not be fetched, so Lockstep opens in the browser.')
  buildIfStale('electron')
  const child = spawn(electron, [resolve(import.meta.dirname, '..'), ...words], { stdio: 'inherit' })
  child.on('exit', (code) => process.exit(code ?? 1))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal))
}

async function openInBrowser(words: string[], why?: string): Promise<void> {
  if (why) console.log(why)
  buildIfStale('renderer')
  await runWebShell(words)
}

start(process.argv.slice(2)).catch((error: unknown) => {
  console.error(explain(error))
  process.exit(1)
})
