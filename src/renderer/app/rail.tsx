import { ActionIcon, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { formatNumber } from '../shared/format.ts'
import type { NavigationEntry } from './navigation.ts'
import { navigation } from './navigation.ts'
import { usePreferences } from '../shared/preferences.ts'
import classes from './shell.module.css'
import { useRailCounts } from './use-rail-counts.ts'
import { WorkspaceSwitcher } from './workspace-switcher.tsx'

/** The left rail: 208 px, or 48 with icons only. */
export function Rail() {
  const chosen = usePreferences((state) => state.railCollapsed)
  const narrow = useMediaQuery('(max-width: 1100px)')
  const collapsed = chosen ?? narrow
  const counts = useRailCounts()
  const toggle = collapsed ? 'Widen the navigation' : 'Narrow the navigation'
  return (
    <nav className={classes['rail']} data-collapsed={collapsed || undefined} aria-label="Screens">
      <div className={classes['brand']}>
        <span className={classes['brandTicks']} aria-hidden="true">
          <i />
          <i />
          <i />
          <i />
        </span>
        {!collapsed && <span>Lockstep</span>}
      </div>
      <WorkspaceSwitcher collapsed={collapsed ?? false} />
      {navigation.map((group) => (
        <div key={group.title ?? 'work'} className={classes['group']}>
          {group.title !== undefined && <div className={classes['groupTitle']}>{collapsed ? null : group.title}</div>}
          <ul>
            {group.entries.map((entry) => (
              <li key={entry.to}>
                <RailLink entry={entry} count={entry.count === undefined ? 0 : counts[entry.count]} collapsed={collapsed} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      <Tooltip label={toggle} position="right">
        <ActionIcon className={classes['collapse']} aria-label={toggle} onClick={() => usePreferences.setState({ railCollapsed: !collapsed })}>
          {collapsed ? <IconLayoutSidebarLeftExpand size={17} stroke={1.6} /> : <IconLayoutSidebarLeftCollapse size={17} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
    </nav>
  )
}

const countWords = { needsYou: 'need you', toDecide: 'to decide', waiting: 'waiting', running: 'running' } as const

function RailLink({ entry, count, collapsed }: { entry: NavigationEntry; count: number; collapsed: boolean }) {
  const Icon = entry.icon
  const words = entry.count === undefined || count === 0 ? entry.label : `${entry.label}, ${formatNumber(count)} ${countWords[entry.count]}`
  return (
    <Tooltip label={words} position="right" disabled={!collapsed}>
      <Link to={entry.to} className={classes['link']} activeOptions={{ exact: entry.to === '/', includeSearch: false }}>
        <Icon size={16} stroke={1.7} aria-hidden="true" />
        <span className={collapsed ? 'visually-hidden' : classes['linkText']}>{entry.label}</span>
        {count > 0 && (
          <span className={classes['count']} data-quiet={entry.count === 'running' || undefined}>
            {count > 99 ? '99+' : count}
            <span className="visually-hidden"> {entry.count === undefined ? '' : countWords[entry.count]}</span>
          </span>
        )}
      </Link>
    </Tooltip>
  )
}
