import { join } from 'node:path'
import { clusterFiles } from '../src/engine/identity/cluster-files.ts'
import { identityFigures } from '../src/engine/identity/figures.ts'
import { createIds } from '../src/platform/ids.ts'
import { nodeFiles } from '../src/platform/files.ts'
import { filesOf } from './identity-data.ts'
import type { IdentityInput } from './identity-data.ts'
import { stopwatch } from './measure.ts'
import type { Spent } from './measure.ts'
import { step } from './step.ts'

export interface ClusterTime extends Spent {
  records: number
  entities: number
  ambiguous: number
}

/** What `identity cluster` does, from CSV files to a CSV file. */
await step<IdentityInput>(async ({ folder }): Promise<ClusterTime & object> => {
  const rules = join(import.meta.dirname, '..', 'samples', 'identity', 'contacts.yaml')
  const spent = stopwatch()
  const { rules: read, keys, result } = await clusterFiles({ records: filesOf(folder).records, rules, out: `${folder}/clusters.csv`, idColumn: 'record_id' }, { files: nodeFiles, ids: createIds(), tempFolder: folder })
  const figures = identityFigures(read.definition, keys, result)
  return { ...spent(), records: figures.records, entities: figures.entities, ambiguous: figures.ambiguous.numerator }
})
