import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { AppError } from '../contract/errors.ts'
import { endWithParent } from '../platform/lifetime.ts'
import { openBrowser } from '../platform/open-browser.ts'
import { serve } from './serve.ts'
import type { ServeOptions } from './serve.ts'

/** Serves the page until a signal or the end of the process that started it. The words are those of `npm start`. */
export async function runWebShell(words: string[], pages?: ServeOptions['pages']): Promise<void> {
  const { values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      workspace: { type: 'string', short: 'w' },
      port: { type: 'string', default: '0' },
      open: { type: 'boolean', default: true },
      web: { type: 'boolean', default: true },
    },
    allowNegative: true,
  })
  const folder = values.workspace === undefined ? undefined : resolve(process.env['INIT_CWD'] ?? process.cwd(), values.workspace)
  const served = await serve({ port: portFrom(values.port), ...(folder ? { workspace: folder } : {}), ...(pages ? { pages } : {}) })
  console.log(`Lockstep is open at ${served.link}`)
  if (values.open) await openBrowser(served.link)
  endWithParent(() => served.close())
}

function portFrom(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new AppError('bad-usage', `--port takes a number from 0 to 65535, not “${text}”.`)
}

/** What went wrong, and what to do next, without a trace of calls. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const next = error instanceof AppError ? error.place.next : (error as { data?: { next?: string } }).data?.next
  return next ? `${error.message}\n${next}` : error.message
}

if (import.meta.main) {
  runWebShell(process.argv.slice(2)).catch((error: unknown) => {
    console.error(explain(error))
    process.exit(1)
  })
}
