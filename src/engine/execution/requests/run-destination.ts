import type { DestinationProfile, JobAnswer, JobOfRows, JobStart, ReadQuery, ReadRecord, WriteAnswer, WriteRow } from '../../destinations/destination.ts'
import type { LimitWait } from '../../limits/limiter.ts'

/** The part of a connection that a run uses; `Connection` is one. */
export interface RunDestination {
  name: string
  profile: DestinationProfile
  read(query: ReadQuery, signal?: AbortSignal): Promise<ReadRecord[]>
  write(request: { object: string; operation: 'create' | 'update'; rows: WriteRow[] }, signal?: AbortSignal): Promise<WriteAnswer>
  pollJob(job: JobOfRows, signal?: AbortSignal): Promise<JobAnswer>
  uploadJob(job: JobOfRows, signal?: AbortSignal): Promise<JobStart>
  abandonJob(job: JobOfRows, signal?: AbortSignal): Promise<boolean>
  remove(request: { object: string; how: 'archive' | 'delete'; ids: string[] }, signal?: AbortSignal): Promise<WriteAnswer>
  waiting(): LimitWait | undefined
}
