import { z } from 'zod'
import { AppError } from '../../contract/errors.ts'
import { elapsedOf } from '../limits/elapsed.ts'
import { HttpFailure } from '../ports/ports.ts'
import type { Clock, Http } from '../ports/ports.ts'
import { failed, unreachable } from './connection-errors.ts'
import type { ConnectionNames } from './connection-errors.ts'

/** What proves who we are, asked for before each attempt. */
export interface Proof {
  headers(): Promise<Readonly<Record<string, string>>>
  /** The system did not accept these. Whether there are others now; throws where a person has to sign in again. */
  renewed(refused: Readonly<Record<string, string>>): Promise<boolean>
}

/** Headers that never change. */
export function fixedProof(headers: Readonly<Record<string, string>>): Proof {
  return { headers: async () => headers, renewed: async () => false }
}

export interface OAuthGrant {
  connection: ConnectionNames
  /** Field of the refresh token, for whoever has to enter another. */
  field: string
  tokenAddress: string
  clientId: string
  clientSecret?: string
  scopes: readonly string[]
  /** The refresh token as it is kept now: a person may have signed in again. */
  refreshToken(): Promise<string>
  /** Keeps a new one. Nothing that came with it is used before: until then systems still take the one before. */
  keep(refreshToken: string): Promise<void>
  /** Told of every token, so that it is taken out of answers. */
  seen(token: string): void
}

/** A token is not used for the last part of its life: the request takes its time, and clocks differ. */
const mostEarlyMs = 60_000
/** Where a system does not say how long a token lives. */
const usualLifeMs = 30 * 60_000

const granted = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional(), expires_in: z.coerce.number().positive().optional() })
const refusedAs = z.object({ error: z.string() })

/**
 * OAuth 2 with refresh tokens: one refresh at a time for a connection, whoever waits for it. Its clock is the one that no
 * wrong or turned wall clock moves; only how long a token lives is taken from the answer, never when.
 */
export class OAuthProof implements Proof {
  private readonly grant: OAuthGrant
  private readonly ports: { http: Http; clock: Clock }
  private readonly timeoutMs: number
  private readonly elapsed: () => number
  private access: { headers: Readonly<Record<string, string>>; until: number } | undefined
  private refreshing: Promise<Readonly<Record<string, string>>> | undefined

  constructor(grant: OAuthGrant, ports: { http: Http; clock: Clock }, timeoutMs: number) {
    this.grant = grant
    this.ports = ports
    this.timeoutMs = timeoutMs
    this.elapsed = elapsedOf(ports.clock)
  }

  async headers(): Promise<Readonly<Record<string, string>>> {
    if (this.access && this.elapsed() < this.access.until) return this.access.headers
    return this.refreshed()
  }

  async renewed(refused: Readonly<Record<string, string>>): Promise<boolean> {
    // Somebody else may have been refused with them before, and has others by now.
    if (this.access?.headers === refused) this.access = undefined
    await this.headers()
    return true
  }

  private refreshed(): Promise<Readonly<Record<string, string>>> {
    this.refreshing ??= this.refresh().finally(() => {
      this.refreshing = undefined
    })
    return this.refreshing
  }

  private async refresh(): Promise<Readonly<Record<string, string>>> {
    const { grant } = this
    const used = await grant.refreshToken()
    const askedAt = this.elapsed()
    const answer = await this.ask(used)
    grant.seen(answer.access_token)
    if (answer.refresh_token !== undefined && answer.refresh_token !== used) {
      grant.seen(answer.refresh_token)
      await grant.keep(answer.refresh_token)
    }
    const lifeMs = answer.expires_in === undefined ? usualLifeMs : answer.expires_in * 1000
    const headers = { authorization: `Bearer ${answer.access_token}` }
    this.access = { headers, until: askedAt + lifeMs - Math.min(mostEarlyMs, lifeMs / 10) }
    return headers
  }

  private async ask(refreshToken: string): Promise<z.infer<typeof granted>> {
    const { connection, tokenAddress, clientId, clientSecret, scopes } = this.grant
    const form = {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: clientId,
      ...(clientSecret === undefined ? {} : { client_secret: clientSecret }),
      ...(scopes.length === 0 ? {} : { scope: scopes.join(' ') }),
    }
    try {
      const { status, body } = await this.ports.http.request({
        method: 'POST',
        url: tokenAddress,
        headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
        timeoutMs: this.timeoutMs,
      })
      return this.read(status, body)
    } catch (error) {
      if (error instanceof HttpFailure) throw unreachable(connection, tokenAddress, error)
      throw error
    }
  }

  private read(status: number, text: string): z.infer<typeof granted> {
    const { connection } = this.grant
    const body = parsed(text)
    if (status === 429 || status >= 500) throw failed(connection, `Signing in was answered with status ${status}.`)
    const answer = granted.safeParse(body)
    if (status < 300 && answer.success) return answer.data
    const why = refusedAs.safeParse(body).data?.error
    if (why === 'invalid_grant') throw this.signInAgain()
    // The answer is not shown: it may hold a token.
    throw new AppError('unauthorised', `${connection.destination} does not let ${connection.name} sign in.`, {
      field: connection.id,
      next: `Check the client id, the client secret and the permissions of the app in ${connection.destination}.`,
      detail: why === undefined ? `Status ${status}` : why.slice(0, 100),
      retryable: false,
    })
  }

  private signInAgain(): AppError {
    const { connection, field } = this.grant
    return new AppError('unauthorised', `${connection.destination} does not accept the sign-in of ${connection.name} any more.`, {
      field: connection.id,
      next: `Sign in again under Connections: the sign-in was taken back, has expired, or was replaced by newer ones.`,
      command: `lockstep connection set-secret ${connection.id} ${field}`,
      retryable: false,
    })
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
