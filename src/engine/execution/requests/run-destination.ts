import type { DestinationProfile, JobAnswer, ReadQuery, ReadRecord, WriteAnswer, WriteRow } from '../../destinations/destination.ts'
import type { LimitWait } from '../../limits/limiter.ts'

/** The part of a connection that a run uses; `Connection` is one. */
export interface RunDestination {
  name: string
  profile: DestinationProfile
  read(query: ReadQuery, signal?: AbortSignal): Promise<ReadRecord[]>
  write(request: { object: string; operation: 'create' | 'update'; rows: WriteRow[] }, signal?: AbortSignal): Promise<WriteAnswer>
  pollJob(job: { object: string; jobId: string; rows: number }, signal?: AbortSignal): Promise<JobAnswer>
  remove(request: { object: string; how: 'archive' | 'delete'; ids: string[] }, signal?: AbortSignal): Promise<WriteAnswer>
  waiting(): LimitWait | undefined
}
