import { ORPCError } from '@orpc/client'
import { AppError, errorBody, type ErrorBody, errorKinds, type ErrorCode } from '../contract/errors.ts'
import type { Command } from './command.ts'

/** Any failure as the body that `--json` prints. What the app leaves out is said here: the command that does what is next. */
export function failureBody(error: unknown): ErrorBody {
  const { command, ...body } = bodyOf(error)
  return command === undefined ? body : { ...body, next: `${body.next ?? ''} On the command line: ${command}`.trim() }
}

function bodyOf(error: unknown): ErrorBody {
  if (error instanceof AppError) return error.toBody()
  if (error instanceof ORPCError) {
    const body = errorBody.safeParse(error.data)
    if (body.success) return body.data
    if (error.code === 'BAD_REQUEST') return inputIssue(error.data)
  }
  return { code: 'internal', message: 'Lockstep could not finish because of a mistake of its own.', next: 'Try again; if it stays, report it with the log.', detail: error instanceof Error ? error.message : String(error) }
}

/** A failure as `--json` prints it: every key of architecture §8 is always there, null where there is nothing to say. */
export function failureDocument({ code, message, file = null, line = null, field = null, value = null, next = null, ...further }: Nullable<ErrorBody>): { error: Nullable<ErrorBody> } {
  return { error: { code, message, file, line, field, value, next, ...further } }
}

type Nullable<Body> = { [Key in keyof Body]: Body[Key] | null }

/** The engine says what is missing in words for every shell; here it is said which option gives it. */
export function withOption(body: ErrorBody, command: Pick<Command, 'options'> | undefined): ErrorBody {
  const options = command?.options ?? {}
  const named = body.field === 'scope' ? scopeOptions.filter((name) => Object.hasOwn(options, name)) : [body.field ?? '']
  const words = named.filter((name) => Object.hasOwn(options, name)).map((name) => `--${name}${options[name]?.placeholder === undefined ? '' : ` ${options[name].placeholder}`}`)
  if (body.code !== 'bad-usage' || words.length === 0 || body.next?.includes('--')) return body
  return { ...body, next: `${body.next ?? ''} On the command line: ${words.join(', ')}.`.trim() }
}

/** What together names a scope. */
const scopeOptions = ['all', 'field', 'record', 'changed-by']

/** The first value that the contract refused. */
function inputIssue(data: unknown): ErrorBody {
  const issue = (data as { issues?: { path?: PropertyKey[]; message?: string }[] } | undefined)?.issues?.[0]
  const field = (issue?.path ?? []).map(String).join('.')
  return {
    code: 'bad-usage',
    message: issue?.message === undefined ? 'A value has the wrong form.' : `${field === '' ? 'A value' : field} has the wrong form: ${issue.message}.`,
    ...(field === '' ? {} : { field }),
    next: 'Correct it and try again.',
  }
}

export function exitCodeOf(body: ErrorBody): number {
  const kind = errorKinds[body.code as ErrorCode] as (typeof errorKinds)[ErrorCode] | undefined
  if (kind === 'input') return 2
  return kind === 'waits' ? 3 : 1
}

/** What happened, where, and what to do next, each on a line. */
export function failureText(body: ErrorBody): string {
  const place = body.file === undefined ? undefined : [body.file, body.line === undefined ? undefined : `line ${body.line}`, body.field].filter((part) => part !== undefined).join(', ')
  return [body.message, place === undefined ? undefined : `  in ${place}`, body.detail && `  ${body.detail}`, body.next && `  ${body.next}`].filter((line) => line !== undefined).join('\n')
}
