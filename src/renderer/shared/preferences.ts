import { create } from 'zustand'
import { persist } from 'zustand/middleware'

/** Choices of the person at this machine; nothing about the workspace. */
export type Preferences = { railCollapsed: boolean; singleKeys: boolean }

export const usePreferences = create<Preferences>()(persist<Preferences>(() => ({ railCollapsed: false, singleKeys: true }), { name: 'lockstep-preferences' }))
