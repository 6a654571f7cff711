import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { BrokenPromise } from './promises.ts'

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.js')

export interface Answer<Document> {
  exit: number
  document: Document
  stderr: string
}

/** The command line over one workspace, used as any script would use it: words in, one JSON document and an exit code out. */
export class CommandLine {
  readonly workspace: string
  private readonly environment: Record<string, string | undefined>

  /** `data` keeps what belongs to the person who runs the journey out of it. */
  constructor(workspace: string, data: string) {
    this.workspace = workspace
    this.environment = { ...process.env, LOCKSTEP_DATA: data, LOCKSTEP_KEYCHAIN: 'off', LOCKSTEP_PERSON: 'Journey' }
  }

  /** Runs one command to its end. */
  async run<Document>(...words: string[]): Promise<Answer<Document>> {
    const child = spawn(process.execPath, [CLI, '-w', this.workspace, '--json', ...words], { env: this.environment, stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr, exit] = await Promise.all([textOf(child.stdout), textOf(child.stderr), exitOf(child)])
    try {
      return { exit, document: JSON.parse(stdout) as Document, stderr }
    } catch {
      throw new BrokenPromise(`lockstep ${words.join(' ')} did not print one JSON document (exit ${exit})\n${stdout}\n${stderr}`)
    }
  }

  /** Runs a command that must end with 0. */
  async done<Document>(...words: string[]): Promise<Document> {
    const { exit, document, stderr } = await this.run<Document>(...words)
    if (exit !== 0) throw new BrokenPromise(`lockstep ${words.join(' ')} ended with ${exit}\n${JSON.stringify(document)}\n${stderr}`)
    return document
  }

  /** Starts a command that goes on, and gives the line it prints when it is ready. */
  async start(...words: string[]): Promise<{ line: string; stop(): Promise<void> }> {
    const child = spawn(process.execPath, [CLI, '-w', this.workspace, ...words], { env: this.environment, stdio: ['pipe', 'pipe', 'inherit'] })
    const exited = exitOf(child)
    const ready = new Promise<string>((found) => createInterface({ input: child.stdout }).once('line', found))
    const line = await Promise.race([ready, exited.then((code) => Promise.reject(new BrokenPromise(`lockstep ${words.join(' ')} ended with ${code}`)))])
    return {
      line,
      async stop() {
        child.kill('SIGTERM')
        await exited
      },
    }
  }
}

function exitOf(child: ChildProcess): Promise<number> {
  return new Promise((done) => child.once('exit', (code) => done(code ?? 1)))
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const chunk of stream.setEncoding('utf8')) text += chunk
  return text
}
