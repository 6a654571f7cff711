import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** Choices of the person at this machine; nothing about the workspace. */
export type Preferences = {
  /** Unset: narrow on a narrow window. */
  railCollapsed?: boolean | undefined
  singleKeys: boolean
}

export const usePreferences = create<Preferences>()(persist<Preferences>(() => ({ singleKeys: true }), { name: 'lockstep-preferences' }))
