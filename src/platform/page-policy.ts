import { randomBytes } from 'node:crypto'

/** Stands in the built page wherever a nonce belongs; every page served gets a value of its own. */
export const NONCE_PLACEHOLDER = 'LOCKSTEP_NONCE'

export function newNonce(): string {
  return randomBytes(18).toString('base64')
}

export interface PolicyOptions {
  nonce: string
  /** Where the page may connect to, beside nothing. */
  connect?: string[]
  /** While developing, the tools put small scripts into the page. */
  inlineScripts?: boolean
}

/** What a page of ours may load and do: its own files, and styles that carry the nonce. */
export function contentSecurityPolicy({ nonce, connect = [], inlineScripts = false }: PolicyOptions): string {
  return [
    "default-src 'none'",
    `script-src 'self'${inlineScripts ? ` 'nonce-${nonce}'` : ''}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${connect.length > 0 ? connect.join(' ') : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** Headers of everything we serve, page or not. */
export const protectiveHeaders: Record<string, string> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()',
}
