import { z } from 'zod'

const onThisComputer = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Whether a host of an address is this machine itself. */
export function isLoopback(hostname: string): boolean {
  return onThisComputer.has(hostname)
}

/** The address of an API in the settings of a connection. */
export const apiAddress = z.url().superRefine((text, context) => {
  const problem = addressProblem(text)
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
})

/** Why an address cannot be one of an API: paths are put behind it, and secrets are sent there. */
export function addressProblem(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return 'it is no address'
  if (url.username || url.password) return 'an address holds no user name and no password; secrets are set apart'
  if (/[?#]/.test(text)) return 'an address holds no ? and no #, behind which the paths of requests would be lost'
  if (/[\s\\]/.test(text)) return 'an address holds no space and no backslash'
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return undefined
  return 'an address begins with https://; http:// is only for this computer'
}
