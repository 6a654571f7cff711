import type { ServiceState } from '../services/served-engine.ts'
import type { Session } from '../session/session.ts'

/** Work that goes on beside what people ask for, as long as a workspace is open. */
export interface BackgroundService {
  /** As people read it: "Retention". */
  name: string
  /** `work`: it ends before the runs that are under way; `workspace`: after everything else, because it looks at what they leave. */
  endsWith: 'work' | 'workspace'
  /** Works until the signal aborts. What it cannot do it logs, and goes on. */
  run(session: Session, signal: AbortSignal): Promise<void>
}

interface Running {
  service: BackgroundService
  stop: AbortController
  state: ServiceState
  ended: Promise<void>
}

/** The background services over one open workspace. */
export class BackgroundWork {
  private readonly running: Running[]

  constructor(session: Session, services: readonly BackgroundService[]) {
    this.running = services.map((service) => {
      const stop = new AbortController()
      const running: Running = { service, stop, state: { kind: 'running', since: session.ports.clock.now() }, ended: Promise.resolve() }
      running.ended = service.run(session, stop.signal).then(
        () => void (running.state = { kind: 'ended' }),
        (error: unknown) => {
          running.state = { kind: 'failed', reason: error instanceof Error ? error.message : String(error) }
          session.ports.log.error('work in the background failed', { service: service.name, cause: error })
        },
      )
      return running
    })
  }

  /** Every service with what became of it. */
  states(): { name: string; state: ServiceState }[] {
    return this.running.map(({ service, state }) => ({ name: service.name, state }))
  }

  /** Ends the services that end at this point, and waits for them. */
  async end(point: BackgroundService['endsWith']): Promise<void> {
    const ending = this.running.filter(({ service }) => service.endsWith === point)
    for (const { stop } of ending) stop.abort()
    await Promise.all(ending.map(({ ended }) => ended))
  }
}
