import type { DestinationProfile, JobAnswer, JobOfRows, JobStart, ReadQuery, ReadRecord, WriteAnswer, WriteRequest } from '../../destinations/destination.ts'
import type { LimitWait } from '../../limits/limiter.ts'

/** The part of a connection that a run uses; `Connection` is one. */
export interface RunDestination {
  name: string
  profile: DestinationProfile
  read(query: ReadQuery, signal?: AbortSignal): Promise<ReadRecord[]>
  write(request: WriteRequest, signal?: AbortSignal): Promise<WriteAnswer>
  pollJob(job: JobOfRows, signal?: AbortSignal): Promise<JobAnswer>
  uploadJob(job: JobOfRows, signal?: AbortSignal): Promise<JobStart>
  abandonJob(job: JobOfRows, signal?: AbortSignal): Promise<boolean>
  waiting(): LimitWait | undefined
}
