import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { engine } from '../../app/client.ts'
import { plural } from '../../shared/format.ts'
import { Setting } from './setting.tsx'
import { unwell } from './health-words.ts'

/** Whether all is well in one line, and the way to the checks and the backups. */
export function HealthSummary() {
  const checks = useQuery(engine.home.doctor.queryOptions({ staleTime: 0 }))
  const found = checks.data === undefined ? undefined : unwell(checks.data)
  const words = checks.isError ? 'The checks could not be made.' : found === undefined ? 'Checking …' : found.length === 0 ? 'Everything is in order.' : `${plural(found.length, { one: 'check needs', many: 'checks need' })} you: ${found.map((check) => check.name).join(', ')}.`
  return (
    <Setting title="Checks and backups" explain={words}>
      <Button component={Link} to="/settings/health">
        Open Health
      </Button>
    </Setting>
  )
}
