import { Spotlight } from '@mantine/spotlight'
import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { IconFileImport, IconFolderOpen, IconHandStop, IconKeyboard, IconListCheck, IconMoon, IconRoute, IconSearch, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { plural } from '../shared/format.ts'
import { engine } from './client.ts'
import { navigation } from './navigation.ts'
import classes from './overlays.module.css'
import type { Commands } from './use-commands.ts'
import { useToDecide } from './use-rail-counts.ts'

const icon = (Icon: typeof IconSearch) => <Icon size={16} stroke={1.7} aria-hidden="true" />

/** Ctrl or Cmd with K: every screen, every activation, every plan that waits, every command. */
export function Palette({ commands }: { commands: Commands }) {
  const router = useRouter()
  const activations = useQuery(engine.activations.list.queryOptions())
  const plans = useQuery(engine.plans.list.queryOptions({ input: { limit: 200 } }))
  const toDecide = useToDecide()
  const go = (address: string) => () => router.history.push(address)
  const waiting = (plans.data ?? []).filter((plan) => plan.state === 'in review' || plan.state === 'stopped by a guard')
  const groups: SpotlightActionGroupData[] = [
    {
      group: 'Waiting for you',
      actions: [
        ...waiting.map((plan) => ({ id: plan.planId, label: `Review ${plan.activationName}`, description: `Plan ${plan.planId.slice(0, 8)}`, leftSection: icon(IconListCheck), onClick: go(`/review/${plan.planId}`) })),
        ...toDecide.map(({ id, name, cases }) => ({ id: `decide ${id}`, label: `Decide ${plural(cases, { one: 'ambiguous case', many: 'ambiguous cases' })}`, description: `Identity, ${name}`, leftSection: icon(IconUsers), onClick: go(`/identity/queues?show=ambiguous&of=${id}`) })),
      ],
    },
    {
      group: 'Go to',
      actions: navigation.flatMap((part) => part.entries).map((entry) => ({ id: entry.to, label: entry.label, leftSection: icon(entry.icon), onClick: go(entry.to) })),
    },
    {
      group: 'Activations',
      actions: (activations.data ?? []).map((activation) => ({
        id: `activation ${activation.id}`,
        label: activation.name,
        description: `${activation.destinationName}, ${activation.state}`,
        leftSection: icon(IconRoute),
        onClick: go(`/activations/${activation.id}`),
      })),
    },
    {
      group: 'Commands',
      actions: [
        { id: 'file', label: 'Open a file of your own', leftSection: icon(IconFileImport), onClick: commands['open file'] },
        { id: 'workspace', label: 'Open a workspace', leftSection: icon(IconFolderOpen), onClick: commands['open workspace'] },
        { id: 'theme', label: 'Switch between light and dark', leftSection: icon(IconMoon), onClick: commands['toggle theme'] },
        { id: 'keys', label: 'Keyboard shortcuts', leftSection: icon(IconKeyboard), onClick: commands['keyboard shortcuts'] },
        { id: 'stop', label: 'Stop everything', leftSection: icon(IconHandStop), onClick: commands['stop everything'] },
      ],
    },
  ]
  return (
    <Spotlight
      actions={groups.filter((group) => group.actions.length > 0)}
      nothingFound="Nothing of that name"
      highlightQuery
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      classNames={{ actionsGroup: classes['group'] ?? '', action: classes['action'] ?? '' }}
      lockScroll={false}
      scrollable
      maxHeight={420}
      shortcut={['mod + K']}
      overlayProps={{ color: 'var(--backdrop)', backgroundOpacity: 1 }}
      transitionProps={{ duration: 120, transition: 'fade' }}
      searchProps={{ leftSection: icon(IconSearch), placeholder: 'Go to, plan, open…', 'aria-label': 'Command' }}
    />
  )
}
