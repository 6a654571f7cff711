import { HttpFailure } from '../../ports/ports.ts'
import type { Http, HttpRequest, HttpResponse } from '../../ports/ports.ts'
import type { Chance } from '../chance.ts'
import { handle, isWrite, token } from './vendor-api.ts'
import type { Shown } from './vendor-api.ts'
import type { Vendor } from './vendor.ts'
import type { VirtualTime } from './virtual-time.ts'

const faults = [
  'refused', 'reset before it was applied', 'answer lost', 'applied late', 'timeout, not applied', 'timeout, applied', 'truncated answer', 'half of it applied',
  '429 with seconds', '429 with a date', '429', '503', '503 with seconds', '500 although applied', 'answers of rows missing', 'slow',
] as const
export type Fault = (typeof faults)[number]
/** Half of all trouble is of the kind that leaves a write in doubt. */
const doubtful = ['answer lost', 'applied late', 'timeout, applied', 'half of it applied'] as const satisfies Fault[]

/** Who sits at this end of the network. */
export interface Caller {
  alive: () => boolean
  /** Wall time of the vendor's clock, for dates in headers. */
  wall: () => number
  /** May throw: the process ends just before the request leaves. */
  leaving: (request: { path: string; body: string | undefined }) => void
  /** May throw: the process ends just before it sees the answer. */
  arriving: (request: { path: string; body: string | undefined }, response: HttpResponse, shown: Shown | undefined, asOf: number) => void
}

interface Wire {
  open: boolean
  fail: (failure: HttpFailure) => void
}

/** The network between a process and the vendor: it delays, breaks and loses, as its seed says. */
export class Network {
  /** Share of requests that something happens to. */
  trouble: number
  injected = 0
  /** Called when the vendor asks to come back later. */
  onWait: () => void = () => undefined
  private readonly time: VirtualTime
  private readonly vendor: Vendor
  private readonly chance: Chance
  private readonly note: (line: string) => void
  private readonly wires = new Set<Wire>()

  constructor(options: { time: VirtualTime; vendor: Vendor; chance: Chance; trouble: number; note: (line: string) => void }) {
    this.time = options.time
    this.vendor = options.vendor
    this.chance = options.chance
    this.trouble = options.trouble
    this.note = options.note
  }

  connect(caller: Caller): Http {
    return { request: (request) => this.exchange(caller, request) }
  }

  /** The machine slept: what was under way is gone, whether it arrived or not. */
  breakAll(after: number): void {
    for (const wire of [...this.wires]) {
      const { fail } = wire
      wire.open = false
      this.wires.delete(wire)
      this.time.after(after, () => fail(new HttpFailure('maybe', 'reset', 'The connection was lost while the machine slept.')))
    }
  }

  private exchange(caller: Caller, request: HttpRequest): Promise<HttpResponse> {
    const path = new URL(request.url).pathname
    // Its vendor's protocol has no bodies that come in pieces.
    const body = typeof request.body === 'string' ? request.body : undefined
    const sent = { path, body }
    caller.leaving(sent)
    return new Promise((resolve, reject) => {
      if (request.signal?.aborted) return reject(new HttpFailure('no', 'aborted', 'The request was cancelled before it was sent.'))
      const wire: Wire = { open: true, fail: (failure) => caller.alive() && reject(failure) }
      this.wires.add(wire)
      const end = (delay: number, act: () => void): void => {
        this.time.after(delay, () => {
          if (!wire.open) return
          wire.open = false
          this.wires.delete(wire)
          if (caller.alive()) act()
        })
      }
      const fail = (delay: number, reason: 'reset' | 'timeout' | 'truncated' | 'refused'): void => end(delay, () => reject(new HttpFailure(reason === 'refused' ? 'no' : 'maybe', reason, `The connection failed (${reason}).`)))
      request.signal?.addEventListener('abort', () => end(0, () => reject(new HttpFailure('maybe', 'aborted', 'The request was cancelled while it was under way.'))), { once: true })
      const fault = this.chance.happens(this.trouble) ? this.chance.pick<Fault>(this.chance.happens(0.5) ? doubtful : faults) : undefined
      if (fault) {
        this.injected += 1
        this.note(`network: ${fault} on ${path}`)
      }
      const there = this.chance.whole(1, 150)
      const back = this.chance.whole(1, 150)
      const lag = this.chance.happens(0.3) ? this.chance.whole(0, this.vendor.rules.visibleAfterMs) : 0
      const arrive = (delay: number, more: { most?: number; omit?: (index: number) => boolean } = {}, then?: (response: HttpResponse, shown: Shown | undefined, asOf: number) => void): void => {
        this.time.after(delay, () => {
          const asOf = this.time.now - lag
          const authorised = this.vendor.rules.tokenAccepted && request.headers?.['authorization'] === `Bearer ${token}`
          const { response, shown } = handle(this.vendor, { path, body, authorised }, { at: this.time.now, asOf, ...more })
          then?.(response, shown, asOf)
        })
      }
      const answered = (delay: number) => (response: HttpResponse, shown: Shown | undefined, asOf: number): void =>
        end(delay, () => {
          try {
            caller.arriving(sent, response, shown, asOf)
            resolve(response)
          } catch (error) {
            reject(error as Error)
          }
        })
      const plain = (status: number, headers: Record<string, string> = {}): void => end(there + back, () => resolve({ status, headers, body: JSON.stringify({ message: 'not now' }) }))
      const { timeoutMs } = request
      end(timeoutMs, () => reject(new HttpFailure('maybe', 'timeout', 'There was no answer in time.')))
      switch (fault) {
        case undefined:
          return arrive(there, {}, answered(back))
        case 'refused':
          return fail(there, 'refused')
        case 'reset before it was applied':
          return fail(there, 'reset')
        case 'answer lost':
          arrive(there)
          return fail(there + back, 'reset')
        case 'applied late':
          fail(there, 'reset')
          return arrive(there + this.chance.whole(1, Math.floor(timeoutMs * 0.9)))
        case 'timeout, not applied':
          return
        case 'timeout, applied':
          return arrive(this.chance.whole(1, timeoutMs - 1))
        case 'truncated answer':
          arrive(there)
          return fail(there + back, 'truncated')
        case 'half of it applied':
          arrive(there, isWrite(path) ? { most: this.chance.whole(0, 2) } : {})
          return fail(there + back, 'reset')
        case '429 with seconds':
          this.onWait()
          return plain(429, { 'retry-after': String(this.chance.pick([0, 1, 45, 90, 180])) })
        case '429 with a date':
          this.onWait()
          return plain(429, { 'retry-after': new Date(caller.wall() + this.chance.pick([1000, 45_000, 90_000])).toUTCString() })
        case '429':
          return plain(429)
        case '503':
          return plain(503)
        case '503 with seconds':
          return plain(503, { 'retry-after': '3' })
        case '500 although applied':
          return arrive(there, {}, () => end(back, () => resolve({ status: 500, headers: {}, body: 'internal' })))
        case 'answers of rows missing':
          return arrive(there, { omit: (index) => index % 2 === 1 }, answered(back))
        case 'slow':
          return arrive(Math.floor(timeoutMs * 0.4), {}, answered(Math.floor(timeoutMs * 0.4)))
      }
    })
  }
}
