import { QueryProcessEnded } from '../engine/ports/ports.ts'
import type { Log, QueryProcess, QueryProcesses } from '../engine/ports/ports.ts'
import { holdToLimits } from './process-limits.ts'

/** What a process says: first that it is ready, then an answer for each question. */
export type FromQueries = { kind: 'ready' } | { kind: 'answer'; question: number; text: string } | { kind: 'failure'; question: number; message: string }
export interface ToQueries {
  question: number
  about: object
}

/** A started process, however this shell starts one. */
export interface QueryChild {
  pid: number
  post(message: ToQueries): void
  onMessage(listener: (message: FromQueries) => void): void
  onEnd(listener: (how: 'memory' | 'crashed') => void): void
  /** Whether this process waits for it before it ends. */
  hold(held: boolean): void
  kill(): void
}

/** Starts a process that ends itself above so much memory, and when we are gone. */
export type StartQueryChild = (memoryMb: number) => Promise<QueryChild>

export interface RunningQueries extends QueryProcesses {
  close(): void
}

/** As many at a time; who comes later waits. */
const AT_ONCE = 6
/** A process that is used again starts no other, and a look costs nothing. */
const KEPT_FREE = 2
const KEPT_FREE_MS = 60_000

/** A quarter of a second is usual; a busy machine needs its time. */
const STARTS_WITHIN_MS = 60_000

/** Processes for people's SQL: started when needed, used again, killed when they take too much. */
export function createQueryProcesses(startChild: StartQueryChild, log: Log): RunningQueries {
  const all = new Set<Running>()
  const free: { running: Running; timer: NodeJS.Timeout }[] = []
  const waiting: (() => void)[] = []
  let taken = 0
  let closed = false

  async function start(memoryMb: number): Promise<Running> {
    const starting = startChild(memoryMb)
    const child = await inTime(starting).catch((cause: unknown) => {
      // One that comes after all has nobody to work for.
      starting.then((late) => late.kill(), () => undefined)
      throw cause
    })
    const running = new Running(child, memoryMb, log)
    all.add(running)
    running.child.onEnd(() => {
      all.delete(running)
      const at = free.findIndex((kept) => kept.running === running)
      if (at >= 0) free.splice(at, 1)
    })
    if (closed) running.kill()
    await inTime(running.ready).catch((cause: unknown) => {
      running.kill()
      throw cause
    })
    return running
  }

  function pick(memoryMb: number): Running | undefined {
    const at = free.findLastIndex(({ running }) => running.memoryMb === memoryMb)
    const [kept] = at < 0 ? [] : free.splice(at, 1)
    if (kept) clearTimeout(kept.timer)
    return kept?.running
  }

  function giveBack(running: Running): void {
    taken -= 1
    waiting.shift()?.()
    if (!running.alive || closed) return
    if (free.length >= KEPT_FREE) return running.kill()
    const timer = setTimeout(() => running.kill(), KEPT_FREE_MS)
    timer.unref()
    free.push({ running, timer })
  }

  return {
    async take(memoryMb) {
      while (taken >= AT_ONCE) await new Promise<void>((go) => waiting.push(go))
      taken += 1
      try {
        const running = pick(memoryMb) ?? (await start(memoryMb))
        return running.lent(() => giveBack(running))
      } catch (cause) {
        taken -= 1
        waiting.shift()?.()
        throw cause
      }
    },
    close() {
      closed = true
      for (const running of all) running.kill()
    },
  }
}

/** Whoever asks for a process is told, and does not wait for ever, where none comes. */
async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new QueryProcessEnded('crashed')), STARTS_WITHIN_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

class Running {
  readonly child: QueryChild
  readonly memoryMb: number
  /** It has said so, and is held to its limits. */
  readonly ready: Promise<void>
  alive = true
  private killed = false
  private ended: QueryProcessEnded | undefined
  private lastQuestion = 0
  private readonly open = new Map<number, { resolve: (text: string) => void; reject: (cause: Error) => void }>()

  constructor(child: QueryChild, memoryMb: number, log: Log) {
    this.child = child
    this.memoryMb = memoryMb
    const said = Promise.withResolvers<void>()
    child.hold(true)
    child.onMessage((message) => (message.kind === 'ready' ? said.resolve() : this.settle(message)))
    child.onEnd((how) => {
      this.alive = false
      this.ended = new QueryProcessEnded(this.killed ? 'killed' : how)
      if (!this.killed) log.warn('A process for people’s SQL ended', { how, memoryMb })
      said.reject(this.ended)
      for (const { reject } of this.open.values()) reject(this.ended)
      this.open.clear()
    })
    this.ready = said.promise.then(async () => {
      if (!(await holdToLimits(child.pid, memoryMb))) log.debug('The system holds no limits here: a process for people’s SQL watches itself')
      child.hold(false)
    })
  }

  lent(giveBack: () => void): QueryProcess {
    let back = false
    return {
      ask: (question) => this.ask(question),
      kill: () => this.kill(),
      release: () => {
        if (back) return
        back = true
        // What is still being worked out has nobody waiting for it.
        if (this.open.size > 0) this.kill()
        // What it has read is let go of before it opens anything else: it works through questions as they come.
        this.ask({ kind: 'close' }).catch(() => this.kill())
        giveBack()
      },
    }
  }

  kill(): void {
    this.killed = true
    if (this.alive) this.child.kill()
  }

  private ask(about: object): Promise<string> {
    if (this.ended) return Promise.reject(this.ended)
    const question = ++this.lastQuestion
    return new Promise((resolve, reject) => {
      this.open.set(question, { resolve, reject })
      this.child.hold(true)
      this.child.post({ question, about })
    })
  }

  private settle(message: Exclude<FromQueries, { kind: 'ready' }>): void {
    const asked = this.open.get(message.question)
    this.open.delete(message.question)
    if (this.open.size === 0) this.child.hold(false)
    if (message.kind === 'answer') asked?.resolve(message.text)
    else asked?.reject(new Error(message.message))
  }
}
