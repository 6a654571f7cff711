/** The scheme and host of our page: not http, not file, and nothing else is served there. */
export const PAGE_SCHEME = 'app'
export const PAGE_HOST = 'lockstep'
export const PAGE_URL = `${PAGE_SCHEME}://${PAGE_HOST}/`

/** Compares parsed addresses; a prefix would also accept `app://lockstep.example`. */
export function isOurPage(address: string): boolean {
  const url = URL.parse(address)
  return url !== null && url.protocol === `${PAGE_SCHEME}:` && url.host === PAGE_HOST
}
