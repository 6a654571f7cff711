import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { DropTarget } from '../features/own-data/drop-target.tsx'
import { FirstScreen } from '../features/first-screen/first-screen.tsx'
import { Loading } from '../shared/loading.tsx'
import { ErrorState } from '../shared/states.tsx'
import { ZoneContext } from '../shared/when.tsx'
import { engine } from './client.ts'
import { type ConnectionState, useConnection } from './engine-link.ts'
import { Palette } from './palette.tsx'
import { Rail } from './rail.tsx'
import classes from './shell.module.css'
import { ShortcutSheet } from './shortcut-sheet.tsx'
import { StatusBar } from './status-bar.tsx'
import { StopDialog } from './stop-everything.tsx'
import { TrustPanel } from './trust-panel.tsx'
import { useCommands } from './use-commands.ts'
import { useDesktop } from './use-desktop.ts'
import { useEngineEvents } from './use-engine-events.ts'
import { useShortcuts } from '../shared/use-shortcuts.ts'

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone

/** The window: rail, screen, status bar; the first screen while no workspace is open. */
export function Shell() {
  useEngineEvents()
  const commands = useCommands()
  useDesktop(commands)
  useShortcuts({ '?': commands['keyboard shortcuts'], 'mod+,': commands.settings })
  const workspace = useQuery(engine.workspace.current.queryOptions())
  const path = useLocation({ select: (location) => location.pathname })
  if (workspace.isPending) return <Starting />
  if (workspace.isError) return <ErrorState error={workspace.error} onRetry={() => void workspace.refetch()} />
  const open = workspace.data
  if (open === null) {
    return (
      <div className={classes['first']}>
        <Reconnecting />
        <main className={classes['content']}><ZoneContext value={localZone}>{path === '/own-data' ? <Outlet /> : <FirstScreen />}</ZoneContext></main>
        <DropTarget />
      </div>
    )
  }
  return (
    <ZoneContext value={open.timezone || localZone}>
      <div className={classes['app']}>
        <a className={classes['skip']} href="#main" onClick={focusMain}>
          Skip to the content
        </a>
        <Rail />
        <div className={classes['stage']}>
          <Reconnecting />
          <TrustPanel workspace={open} />
          <main id="main" tabIndex={-1} className={classes['content']}>
            <Outlet />
          </main>
        </div>
        <StatusBar workspace={open} />
        <Palette commands={commands} />
        <ShortcutSheet />
        <StopDialog />
        <DropTarget />
      </div>
    </ZoneContext>
  )
}

/** The address is a hash of the router, so the jump is made by hand. */
function focusMain(event: { preventDefault: () => void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

function Starting() {
  return (
    <main className={classes['starting']}>
      <h1 className="visually-hidden">Lockstep</h1>
      <Reconnecting />
      <Loading label="Connecting to the engine" />
    </main>
  )
}

const awayWords: Partial<Record<ConnectionState, string>> = {
  reconnecting: 'Connecting to the engine again. Runs go on or resume by themselves; nothing you saved is lost.',
  gone: 'Lockstep has ended at this address. Start it again and open the new address it prints; nothing you saved is lost, and runs go on where they were.',
  'locked out': 'Lockstep was started again and does not know this page any more. Open the new address it printed; nothing you saved is lost, and runs go on where they were.',
}

function Reconnecting() {
  const state = useConnection((connection) => connection.state)
  const words = awayWords[state]
  return (
    <div role="status" className={classes['banner']} data-shown={words !== undefined || undefined} data-ended={state === 'gone' || state === 'locked out' || undefined}>
      {words ?? ''}
    </div>
  )
}
