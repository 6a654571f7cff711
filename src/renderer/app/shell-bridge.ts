import type { ShellBridge } from '../../contract/shell.ts'

declare global {
  interface Window {
    /** Present in Electron only. */
    lockstepShell?: ShellBridge
  }
}

/** The desktop shell, or undefined in a browser. */
export function desktopShell(): ShellBridge | undefined {
  return window.lockstepShell
}

/** A path the engine can read for a file that a person dropped or picked: the file itself, or its upload. */
export async function pathOfFile(file: File): Promise<string> {
  const shell = desktopShell()
  if (shell !== undefined) return shell.pathOfDropped(file)
  const answer = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    body: file,
    headers: { 'content-type': 'application/octet-stream' },
  })
  if (!answer.ok) throw new Error(`${file.name} could not be handed to the engine. Try again, or copy it beside the workspace.`)
  const { path } = (await answer.json()) as { path: string }
  return path
}

/** Asks for a file that ends so with the native dialog, or with the browser's. Undefined when cancelled. */
export async function chooseFile(endings: readonly string[]): Promise<string | undefined> {
  const shell = desktopShell()
  if (shell !== undefined) return shell.chooseFile(endings)
  const file = await pickInBrowser(endings.join(','))
  return file === undefined ? undefined : pathOfFile(file)
}

function pickInBrowser(accept: string): Promise<File | undefined> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve(input.files?.[0]))
    input.addEventListener('cancel', () => resolve(undefined))
    input.click()
  })
}

/** Saves one file of an export: a native dialog, or a download. Returns where it went, if that is known. */
export async function saveExport(exportId: string, name: string): Promise<string | undefined> {
  const shell = desktopShell()
  if (shell !== undefined) return shell.saveExport(exportId, name)
  const link = document.createElement('a')
  link.href = `/exports/${encodeURIComponent(exportId)}/${encodeURIComponent(name)}`
  link.download = name
  link.click()
  return undefined
}
