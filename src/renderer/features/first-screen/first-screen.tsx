import { Page } from '../../shared/page.tsx'

/** What is seen while no workspace is open. */
export function FirstScreen() {
  return (
    <Page title="Lockstep" scroll>
      <p>Open a workspace.</p>
    </Page>
  )
}
