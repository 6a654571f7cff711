import { isLoopback } from './api-address.ts'
import { AppError } from '../../contract/errors.ts'
import type { HttpFailure } from '../ports/ports.ts'
import { vendorMessage } from './http-messages.ts'
import type { DestinationResponse } from './http-messages.ts'

/** How messages name a connection and its system. */
export interface ConnectionNames {
  id: string
  name: string
  destination: string
}

/** Why no complete answer came; completes "it cannot be reached: …". */
export const reasonWords: Record<HttpFailure['reason'], string> = {
  refused: 'nothing answers there',
  timeout: 'it did not answer in time',
  reset: 'the connection broke',
  truncated: 'the answer was cut short',
  aborted: 'the request was given up',
  name: 'the name is not known',
  tls: 'its certificate cannot be trusted',
}

export function overLimit({ name, destination }: ConnectionNames, response: DestinationResponse): AppError {
  return new AppError('rate-limited', `${destination} keeps refusing requests of ${name} because its limit is reached.`, {
    next: 'Try again later, or lower the limits of this connection.',
    detail: vendorMessage(response),
    retryable: true,
  })
}

/** The system answers, and fails itself. */
export function failed({ name, destination }: ConnectionNames, detail: string): AppError {
  return new AppError('destination-unreachable', `${destination} fails to answer ${name}: it reports a failure of its own.`, {
    next: 'Try again in a few minutes; if it lasts, look at the status page of the system.',
    detail,
    retryable: true,
  })
}

export function unreachable({ name }: ConnectionNames, baseUrl: string, failure: HttpFailure): AppError {
  const { host, hostname } = new URL(baseUrl)
  const here = isLoopback(hostname)
  return new AppError('destination-unreachable', `${name} cannot be reached at ${host}: ${reasonWords[failure.reason]}.`, {
    ...(here
      ? { next: 'Start the simulated systems in Settings, then try again.', command: 'lockstep simulators start <folder>' }
      : { next: 'Check the network and the address of the connection, then try again.' }),
    detail: failure.message,
    retryable: true,
    cause: failure,
  })
}

export function unauthorised({ id, name, destination }: ConnectionNames, response: DestinationResponse): AppError {
  const accepted = response.status !== 401
  return new AppError('unauthorised', `${destination} ${accepted ? 'does not allow this to the credentials' : 'does not accept the credentials'} of ${name}.`, {
    field: id,
    ...(accepted
      ? { next: `Give the credentials of ${name} the missing permission in ${destination}, or use others.` }
      : { next: 'Set its secret again under Connections.', command: `lockstep connection set-secret ${id} <field>` }),
    detail: vendorMessage(response),
    retryable: false,
  })
}

export function moved({ name, destination }: ConnectionNames): AppError {
  return new AppError('destination-refused', `${destination} sends requests of ${name} to another address.`, {
    next: 'Correct the address in the settings of the connection.',
    retryable: false,
  })
}

/** The system named a place for a file that is none of those that its destination declares. */
export function elsewhere({ name, destination }: ConnectionNames, named: string): AppError {
  const host = URL.parse(named)?.host
  return new AppError('destination-refused', `${destination} named ${host === undefined || host === '' ? 'no usable address' : host} as the place of a file of ${name}. Nothing was sent there.`, {
    next: 'Check the address of the connection; if it is right, report this to the makers of the system.',
    retryable: false,
  })
}

export function cancelled({ name }: ConnectionNames): AppError {
  return new AppError('cancelled', `The request to ${name} was cancelled before it was sent.`)
}
