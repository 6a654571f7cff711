import { addressProblem, isLoopback } from './api-address.ts'

/**
 * The address that a system named for an upload or a result, where it may be used: an answer is testimony, and one that
 * was tampered with would lead files of people anywhere. Undefined: it may not.
 */
export function fileAddress(named: string, { baseUrl, hosts }: { baseUrl: string; hosts: readonly string[] }): URL | undefined {
  const url = URL.parse(named)
  // Names of files may be signed in the query; everything else is as for the first address.
  if (!url || url.hash !== '' || addressProblem(`${url.origin}${url.pathname}`) !== undefined || url.username !== '' || url.password !== '') return undefined
  const base = new URL(baseUrl)
  if (url.origin === base.origin) return url
  // From a system on another computer nothing leads to this one.
  if (isLoopback(url.hostname) && !isLoopback(base.hostname)) return undefined
  return hosts.some((host) => matches(url, host)) ? url : undefined
}

/** A host with its port where it has one; `*.` in front stands for one or more names before it. */
function matches({ host }: URL, declared: string): boolean {
  return declared.startsWith('*.') ? host.endsWith(declared.slice(1)) && host.length > declared.length - 1 : host === declared
}
