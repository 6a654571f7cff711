import { mkdirSync } from 'node:fs'
import type { ClusterTime } from './identity-cluster.ts'
import type { IndexTimes } from './identity-index.ts'
import type { PeopleTimes } from './identity-people.ts'
import type { RegisterTimes } from './identity-register.ts'
import { sum } from './measure.ts'
import type { Spent } from './measure.ts'
import { heading, line, number, spent, times } from './report.ts'
import { runStep } from './step.ts'

type Measured<Result> = Result & { peakMb: number }

/** Clustering records of four systems at several sizes, and what an incremental run costs beside a full one. */
export async function measureIdentity(sizes: readonly number[], folder: string): Promise<object> {
  const results: { records: number; cluster: Measured<ClusterTime>; index: Measured<IndexTimes>; register: Measured<RegisterTimes>; people: Measured<PeopleTimes> }[] = []
  for (const records of sizes) {
    const input = { folder: `${folder}/identity-${records}`, records }
    mkdirSync(input.folder, { recursive: true })
    await runStep('./identity-data.ts', input)
    heading(`${number(records)} records of four systems`)
    const cluster = await runStep<ClusterTime>('./identity-cluster.ts', input)
    line('from CSV files to clusters', `${spent(cluster)}   ${number(perSecond(cluster))} records/s   ${number(cluster.peakMb)} MiB (aim below 1,536 at 1,000,000)`)
    line('  entities, ambiguous records', `${number(cluster.entities)}, ${number(cluster.ambiguous)}`)
    const index = await runStep<IndexTimes>('./identity-index.ts', input)
    const { full, incremental } = index
    line('index of a workspace, full', `${spent(full)}   ${number(index.peakMb)} MiB`)
    line(`  incremental: ${number(incremental.changed)} changed, ${number(incremental.affected)} looked at again`, `${spent(incremental)}   ${times(incremental.ms / full.ms)} of the full run`)
    const register = await runStep<RegisterTimes>('./identity-register.ts', input)
    line('run of a workspace, a product and three systems, full', `${spent(register.full)}   ${number(register.peakMb)} MiB (aim below 1,536 at 1,000,000)`)
    line(`  incremental: ${number(register.incremental.changed)} changed, ${number(register.incremental.affected)} looked at again`, `${spent(register.incremental)}   ${times(register.incremental.ms / register.full.ms)} of the full run`)
    line('  of it matching, counting and storing, without reading all records', `${spent(withoutReading(register.incremental.phases))}   ${times(withoutReading(register.incremental.phases).ms / withoutReading(register.full.phases).ms)} of the same in the full run`)
    line('  a decision of a person, applied and counted', spent(register.decision))
    const people = await runStep<PeopleTimes>('./identity-people.ts', input)
    line('first page of a queue: ambiguous, duplicates, unmatched', `${spent(people.ambiguous)}, ${spent(people.duplicates)}, ${spent(people.unmatched)}`)
    line('  finding records, a person with all links', `${spent(people.find)}, ${spent(people.person)}`)
    line('  preview of edited rules, drawing a sample, reading it', `${spent(people.preview)}, ${spent(people.draw)}, ${spent(people.sample)}   ${number(people.peakMb)} MiB in all`)
    results.push({ records, cluster, index, register, people })
  }
  for (const [at, { records, cluster }] of results.entries()) {
    const before = results[at - 1]
    if (before) line(`${number(records)} against ${number(before.records)} records`, `${times(cluster.ms / before.cluster.ms)} the time (${times(cluster.cpuMs / before.cluster.cpuMs)} processor) for ${times(records / before.records)} the records`)
  }
  return { results }
}

/** Systems that tell what changed are not listed again. */
function withoutReading(phases: Record<string, Spent>): Spent {
  return sum(Object.entries(phases).flatMap(([phase, took]) => (phase.startsWith('Reading') ? [] : [took])))
}

function perSecond({ records, ms }: ClusterTime): number {
  return Math.round((records / ms) * 1000)
}
