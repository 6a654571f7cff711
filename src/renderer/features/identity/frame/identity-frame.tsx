import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useRouterState } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { DefinitionEntry, IdentityOverview } from '../../../../contract/shapes.ts'
import { engine } from '../../../app/client.ts'
import { ProblemFiles } from '../../../app/problem-files.tsx'
import { useDefinitions } from '../../../app/use-product.ts'
import { formatNumber } from '../../../shared/format.ts'
import { Page } from '../../../shared/page.tsx'
import classes from './identity.module.css'
import { NoRules } from './no-rules.tsx'
import { RunProgress } from './run-progress.tsx'

type FrameProps = {
  /** Which rules, where there are several. */
  of: string | undefined
  context?: ReactNode
  actions?: (identity: string) => ReactNode
  children: (identity: string) => ReactNode
}

/** The rules that are looked at: those of the address, else the first. Undefined where a workspace has none. */
export function useChosenRules(of: string | undefined): string | undefined {
  const identities = useDefinitions('identity')
  // A file that cannot be read is in no list; its address still leads to its text.
  return of ?? identities[0]?.id
}

/** What all parts of Identity share: the title, the parts, the switch between several sets of rules, and a run under way. */
export function IdentityFrame({ of, context, actions, children }: FrameProps) {
  const identities = useDefinitions('identity')
  const identity = useChosenRules(of)
  const chosen = identities.find(({ id }) => id === identity)
  if (identity === undefined) {
    return (
      <Page title="Identity" scroll>
        <ProblemFiles kind="identity" />
        <NoRules />
      </Page>
    )
  }
  return (
    <Page title="Identity" context={context ?? <ChosenRules identities={identities} chosen={chosen} />} actions={actions?.(identity)}>
      <Parts identity={identity} several={identities.length > 1} />
      <RunProgress identity={identity} />
      {children(identity)}
    </Page>
  )
}

function ChosenRules({ identities, chosen }: { identities: readonly DefinitionEntry[]; chosen: DefinitionEntry | undefined }) {
  const navigate = useNavigate()
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (identities.length < 2 || chosen === undefined) return <span>{chosen?.name}</span>
  return (
    <Select
      aria-label="Rules"
      data={identities.map(({ id, name }) => ({ value: id, label: name }))}
      value={chosen.id}
      onChange={(next) => next !== null && void navigate({ to: path.startsWith('/identity/person') ? '/identity' : path, search: { of: next } })}
    />
  )
}

function Parts({ identity, several }: { identity: string; several: boolean }) {
  const overview = useQuery(engine.identity.overview.queryOptions({ input: { identity } }))
  const search = several ? { of: identity } : {}
  return (
    <nav className={classes['parts']} aria-label="Parts of Identity">
      <Link to="/identity" search={search} activeOptions={{ exact: true, includeSearch: false }}>
        Overview
      </Link>
      <Link to="/identity/queues" search={search} activeOptions={{ includeSearch: false }}>
        Queues
        <Waiting overview={overview.data} />
      </Link>
      <Link to="/identity/rules" search={search} activeOptions={{ includeSearch: false }}>
        Rules
      </Link>
      <Link to="/identity/sample" search={search} activeOptions={{ includeSearch: false }}>
        Sample review
      </Link>
    </nav>
  )
}

/** How many cases wait for a person. */
function Waiting({ overview }: { overview: IdentityOverview | undefined }) {
  const count = overview?.queues.ambiguous ?? 0
  if (count === 0) return null
  return (
    <span className={classes['waiting']}>
      {formatNumber(count)}
      <span className="visually-hidden"> to decide</span>
    </span>
  )
}
