import { app } from 'electron'
import type { Session, WebContents } from 'electron'
import { isOurPage } from './page-origin.ts'

/** Copying text is all that the page may ask of the machine. */
const ALLOWED_PERMISSION = 'clipboard-sanitized-write'

/** Electron grants every permission unless both handlers say no. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, decide) => decide(permission === ALLOWED_PERMISSION && isOurPage(contents.getURL())))
  session.setPermissionCheckHandler((_contents, permission, origin) => permission === ALLOWED_PERMISSION && isOurPage(origin))
  session.setDevicePermissionHandler(() => false)
  session.setDisplayMediaRequestHandler((_request, decide) => decide({}))
  session.webRequest.onBeforeRequest((details, decide) => decide({ cancel: !isAllowedRequest(details.url) }))
}

/** Every page, also one that nobody meant to open: it stays where it is and opens nothing. */
export function lockContents(): void {
  app.on('web-contents-created', (_event, contents) => lockOne(contents))
}

function lockOne(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

function isAllowedRequest(address: string): boolean {
  const url = URL.parse(address)
  if (!url) return false
  return isOurPage(address) || url.protocol === 'devtools:' || url.protocol === 'data:'
}
