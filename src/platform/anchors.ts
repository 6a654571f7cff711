import type { Anchors } from '../engine/ports/ports.ts'
import type { Keychain } from './keychain.ts'

/** Heads of audits in the keychain; where there is none, nothing is kept. */
export function createAnchors(keychain: Keychain): Anchors {
  const account = (folder: string): string => JSON.stringify([folder, 'head of the audit'])
  const available = async (): Promise<boolean> => (await keychain.status()).available
  return {
    read: async (folder) => ((await available()) ? keychain.get(account(folder)) : undefined),
    write: async (folder, text) => (await available()) && keychain.set(account(folder), text),
  }
}
