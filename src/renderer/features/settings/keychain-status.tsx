import { useQuery } from '@tanstack/react-query'
import { engine } from '../../app/client.ts'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { Loading } from '../../shared/loading.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { Setting } from './setting.tsx'

/** Where secrets are kept on this machine. Without a keychain: for this session only, said plainly. */
export function KeychainStatus() {
  const keychain = useQuery(engine.connections.keychain.queryOptions())
  if (keychain.isPending) return <Loading label="Asking for the keychain" />
  if (keychain.isError) return <ErrorNotice error={keychain.error} />
  const { available, reason } = keychain.data
  return (
    <Setting
      title="Keychain of the system"
      explain={
        available
          ? 'Secrets of connections are kept there. Lockstep never shows them again and never writes them to a file.'
          : `${reason === undefined ? 'No keychain answers on this machine.' : reason} Secrets are kept until Lockstep closes, and never written to a file.`
      }
    >
      <StatusWord meaning={available ? 'quiet' : 'needs you'}>{available ? 'In use' : 'For this session only'}</StatusWord>
    </Setting>
  )
}
