import { Button, SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useShortcutSheet } from '../../app/shortcut-sheet.tsx'
import { Frame, Page, Section } from '../../shared/page.tsx'
import { usePreferences } from '../../shared/preferences.ts'
import { HealthSummary } from './health-summary.tsx'
import { KeychainStatus } from './keychain-status.tsx'
import { Setting } from './setting.tsx'
import classes from './settings.module.css'
import { WorkspacePart } from './workspace-part.tsx'

/** How the app looks and listens, where secrets lie, which workspace is open, and whether all is well. */
export function SettingsScreen() {
  return (
    <Page title="Settings" scroll>
      <div className={classes['column']}>
        <Section title="Appearance">
          <Frame>
            <ThemeChoice />
          </Frame>
        </Section>
        <Section title="Keyboard">
          <Frame>
            <KeyboardChoice />
          </Frame>
        </Section>
        <Section title="Secrets">
          <Frame>
            <KeychainStatus />
          </Frame>
        </Section>
        <Section title="Workspace">
          <Frame>
            <WorkspacePart />
          </Frame>
        </Section>
        <Section title="Policies and overrides">
          <Frame>
            <Setting title="What goes on to hold" explain="Saved policies, values pinned by hand, edits that are kept.">
              <Button component={Link} to="/settings/decisions">
                Open the list
              </Button>
            </Setting>
          </Frame>
        </Section>
        <Section title="Health">
          <Frame>
            <HealthSummary />
          </Frame>
        </Section>
      </div>
    </Page>
  )
}

function ThemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Setting title="Theme" explain="High contrast follows the system by itself.">
      <SegmentedControl
        aria-label="Theme"
        value={colorScheme}
        onChange={(next) => setColorScheme(next as typeof colorScheme)}
        data={[
          { value: 'light', label: 'Light' },
          { value: 'dark', label: 'Dark' },
          { value: 'auto', label: 'As the system' },
        ]}
      />
    </Setting>
  )
}

function KeyboardChoice() {
  const singleKeys = usePreferences((state) => state.singleKeys)
  return (
    <>
      <Setting title="Single keys" explain="J, K, A, S, E and ? act outside of text fields. Switch them off if you dictate, or press keys by accident.">
        <Switch aria-label="Single keys" checked={singleKeys} onChange={(event) => usePreferences.setState({ singleKeys: event.currentTarget.checked })} />
      </Setting>
      <Setting title="All keys" explain="Everything can be done without a mouse.">
        <Button onClick={() => useShortcutSheet.setState({ open: true })}>Show the keys</Button>
      </Setting>
    </>
  )
}
