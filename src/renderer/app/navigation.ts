import {
  IconDatabase,
  IconFileCheck,
  IconFilter,
  IconHome,
  IconPlayerPlay,
  IconPlugConnected,
  IconRoute,
  IconSettings,
  IconSubtask,
  IconUsers,
} from '@tabler/icons-react'

export type Destination = '/' | '/products' | '/segments' | '/identity' | '/activations' | '/review' | '/runs' | '/audit' | '/connections' | '/settings'
export type NavigationEntry = { to: Destination; label: string; icon: typeof IconHome; count?: 'needsYou' | 'toDecide' | 'waiting' | 'running' }
export type NavigationGroup = { title?: string; entries: NavigationEntry[] }

/** The rail. Only screens that exist. */
export const navigation: NavigationGroup[] = [
  {
    entries: [
      { to: '/', label: 'Home', icon: IconHome, count: 'needsYou' },
      { to: '/products', label: 'Data products', icon: IconDatabase },
      { to: '/segments', label: 'Segments', icon: IconFilter },
      { to: '/identity', label: 'Identity', icon: IconUsers, count: 'toDecide' },
      { to: '/activations', label: 'Activations', icon: IconRoute },
      { to: '/review', label: 'Review', icon: IconSubtask, count: 'waiting' },
      { to: '/runs', label: 'Runs', icon: IconPlayerPlay, count: 'running' },
    ],
  },
  { title: 'Proof', entries: [{ to: '/audit', label: 'Audit', icon: IconFileCheck }] },
  {
    title: 'Set-up',
    entries: [
      { to: '/connections', label: 'Connections', icon: IconPlugConnected },
      { to: '/settings', label: 'Settings', icon: IconSettings },
    ],
  },
]
