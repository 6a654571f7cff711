import { createHttpDriver } from '../drivers/http-driver.ts'
import type { HttpDriverOptions } from '../drivers/http-driver.ts'
import { fixedProof } from '../drivers/oauth.ts'
import type { Proof } from '../drivers/oauth.ts'
import type { DestinationRequest, DestinationResponse } from '../drivers/http-messages.ts'
import { createRequester } from '../drivers/requester.ts'
import type { Requester, RequesterOptions } from '../drivers/requester.ts'

type Options = Omit<RequesterOptions<DestinationRequest, DestinationResponse>, 'driver'> & Omit<HttpDriverOptions, 'timeoutMs' | 'proof'> & { headers?: Record<string, string>; proof?: Proof }

/** HTTP of one connection as destinations use it, without a connection around it. */
export function httpRequester(options: Options): Requester<DestinationRequest, DestinationResponse> {
  return createRequester({ ...options, driver: createHttpDriver({ ...options, proof: options.proof ?? fixedProof(options.headers ?? {}), timeoutMs: options.profile.requestTimeoutMs }) })
}
