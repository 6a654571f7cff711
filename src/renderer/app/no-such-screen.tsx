import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { Page } from '../shared/page.tsx'
import { EmptyState } from '../shared/states.tsx'

/** An address that leads nowhere, from an old link or a mistake in typing. */
export function NoSuchScreen() {
  const navigate = useNavigate()
  return (
    <Page title="No such screen" scroll>
      <EmptyState action={<Button onClick={() => void navigate({ to: '/' })}>Go to Home</Button>}>Nothing is at this address. It may be an old link.</EmptyState>
    </Page>
  )
}
