import { Spotlight } from '@mantine/spotlight'
import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { IconDatabase, IconFileImport, IconFilter, IconFolderOpen, IconHandStop, IconKeyboard, IconListCheck, IconMoon, IconPlayerPlay, IconPlug, IconRoute, IconSearch, IconUser, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { RecordCard } from '../../contract/shapes.ts'
import { formatAbsolute, plural } from '../shared/format.ts'
import { useZone } from '../shared/when.tsx'
import { engine } from './client.ts'
import { navigation } from './navigation.ts'
import classes from './overlays.module.css'
import type { Commands } from './use-commands.ts'
import { useFoundPeople } from './use-found-people.ts'
import { useDefinitions } from './use-product.ts'
import { useToDecide } from './use-rail-counts.ts'

/** What fits into the eye; typing a little more finds the rest. */
const MOST_SHOWN = 40

const icon = (Icon: typeof IconSearch) => <Icon size={16} stroke={1.7} aria-hidden="true" />

/** The value by which a record was found, where its label does not show it. */
function foundBy({ label, id, values }: RecordCard, typed: string): string {
  const begins = (text: string) => text.toLocaleLowerCase().startsWith(typed.trim().toLocaleLowerCase())
  if (begins(label) || begins(id)) return ''
  const found = values.find(({ value }) => value !== null && begins(value))?.value
  return found === undefined || found === null ? '' : `${found}, `
}

/** Ctrl or Cmd with K: screens, definitions, people and keys, plans, runs and commands. */
export function Palette({ commands }: { commands: Commands }) {
  const router = useRouter()
  const zone = useZone()
  const activations = useQuery(engine.activations.list.queryOptions())
  const plans = useQuery(engine.plans.list.queryOptions({ input: { limit: 200 } }))
  const runs = useQuery(engine.runs.list.queryOptions({ input: { limit: 100 } }))
  const segments = useDefinitions('segment')
  const products = useDefinitions('product')
  const connections = useDefinitions('connection')
  const toDecide = useToDecide()
  const [typed, setTyped] = useState('')
  const people = useFoundPeople(typed)
  const go = (address: string) => () => router.history.push(address)
  const waiting = (plans.data ?? []).filter((plan) => plan.waiting)
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
      group: 'Segments',
      actions: segments.map(({ id, name }) => ({ id: `segment ${id}`, label: name, description: 'Segment', keywords: [id], leftSection: icon(IconFilter), onClick: go(`/segments/${id}`) })),
    },
    {
      group: 'Data products',
      actions: products.map(({ id, name }) => ({ id: `product ${id}`, label: name, description: 'Data product', keywords: [id], leftSection: icon(IconDatabase), onClick: go(`/products/${id}`) })),
    },
    {
      group: 'Connections',
      actions: connections.map(({ id, name }) => ({ id: `connection ${id}`, label: name, description: 'Connection', keywords: [id], leftSection: icon(IconPlug), onClick: go(`/connections/${id}`) })),
    },
    {
      group: 'People and keys',
      actions: people.map(({ identity, record }) => ({
        id: `person ${identity} ${record.reference}`,
        label: record.label === '' ? record.id : record.label,
        description: `${foundBy(record, typed)}${record.id} in ${record.sourceName}`,
        // The engine found them by a value that need not stand in the label.
        keywords: [typed],
        leftSection: icon(IconUser),
        onClick: go(`/identity/person?record=${encodeURIComponent(record.reference)}&of=${identity}`),
      })),
    },
    {
      group: 'Plans',
      actions: (plans.data ?? []).map((plan) => ({
        id: `plan ${plan.planId}`,
        label: `Plan of ${plan.activationName}`,
        description: `${plan.planId.slice(0, 8)}, ${formatAbsolute(plan.createdAt, zone)}`,
        keywords: [plan.planId],
        leftSection: icon(IconListCheck),
        onClick: go(`/review/${plan.planId}`),
      })),
    },
    {
      group: 'Runs',
      actions: (runs.data ?? []).map((run) => ({
        id: `run ${run.runId}`,
        label: `Run of ${run.activationName}`,
        description: `${run.runId.slice(0, 8)}, ${formatAbsolute(run.startedAt, zone)}`,
        keywords: [run.runId],
        leftSection: icon(IconPlayerPlay),
        onClick: go(`/runs/${run.runId}`),
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
      query={typed}
      onQueryChange={setTyped}
      limit={MOST_SHOWN}
      nothingFound="Nothing of that name"
      highlightQuery
      attributes={{ content: { 'aria-label': 'Command palette' } }}
      classNames={{ actionsGroup: classes['group'] ?? '', action: classes['action'] ?? '', actionSection: classes['actionSection'] ?? '', actionDescription: classes['actionDescription'] ?? '' }}
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
