import { AppError } from '../../../contract/errors.ts'
import type { DestinationResponse } from '../../drivers/http-messages.ts'

/** What the token may not see is as if it were not there; everything else that goes wrong still does. */
export async function allowed(request: Promise<DestinationResponse>): Promise<DestinationResponse | undefined> {
  try {
    return await request
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthorised') return undefined
    throw error
  }
}
