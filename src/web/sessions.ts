import { createHash, randomBytes } from 'node:crypto'
import { sameSecret } from '../platform/same-secret.ts'

const LINK_LIFE_MS = 12 * 60 * 60 * 1000

/** Who may use the shell: whoever opened a link that this process printed, with that browser, until the process ends. */
export interface Sessions {
  /** A token that lets one browser in, once. */
  issueToken(): string
  /** The value of the new session's cookie, or undefined when the token is wrong, used or old. */
  redeem(token: string): string | undefined
  admits(cookieHeader: string | undefined): boolean
  cookieName: string
}

export function createSessions(port: number, now: () => number = Date.now): Sessions {
  // One name per port: cookies do not tell ports apart, and two workspaces may be open in one browser.
  const cookieName = `lockstep_${port}`
  const tokens = new Map<string, number>()
  const sessions = new Set<string>()

  return {
    cookieName,
    issueToken() {
      const token = randomBytes(32).toString('base64url')
      tokens.set(token, now() + LINK_LIFE_MS)
      return token
    },
    redeem(token) {
      const known = [...tokens.keys()].find((candidate) => sameSecret(token, candidate))
      if (known === undefined) return undefined
      const validUntil = tokens.get(known) ?? 0
      tokens.delete(known)
      if (validUntil < now()) return undefined
      const session = randomBytes(32).toString('base64url')
      sessions.add(digest(session))
      return session
    },
    admits(cookieHeader) {
      const value = cookieNamed(cookieName, cookieHeader)
      return value !== undefined && [...sessions].some((session) => sameSecret(digest(value), session))
    },
  }
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex')
}

function cookieNamed(name: string, header: string | undefined): string | undefined {
  for (const pair of header?.split(';') ?? []) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name) return value?.trim()
  }
  return undefined
}
