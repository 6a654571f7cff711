import type { Engine } from '../engine.ts'
import { clusterFiles } from '../identity/cluster-files.ts'
import { identityFigures } from '../identity/figures.ts'
import type { CallBuilder } from '../router.ts'

export function identityCalls(build: CallBuilder, engine: Engine) {
  const { files, ids } = engine.options.ports
  return {
    identity: build.identity.router({
      cluster: build.identity.cluster.handler(async ({ input }) => {
        const { rules, keys, result } = await clusterFiles(input, { files, ids, tempFolder: engine.scratchFolder() })
        return { out: input.out, rulesVersion: rules.version, ...identityFigures(rules.definition, keys, result) }
      }),
    }),
  }
}
