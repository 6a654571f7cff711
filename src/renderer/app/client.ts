import type { ContractRouterClient } from '@orpc/contract'
import { createORPCClient } from '@orpc/client'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../../contract/contract.ts'
import { engineLink } from './engine-link.ts'

/** Every call of the contract, over the MessagePort or the WebSocket. */
export const client: ContractRouterClient<Contract> = createORPCClient(engineLink)

/** The same calls as query and mutation options: `useQuery(engine.home.summary.queryOptions())`. */
export const engine = createTanstackQueryUtils(client)
