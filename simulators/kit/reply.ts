/** An answer before it is put on the wire. `body` undefined means no content. */
export type Reply = {
  readonly status: number
  readonly body?: unknown
  /** In place of `body`: text of this type. */
  readonly text?: { readonly type: string; readonly content: string }
  readonly headers?: Readonly<Record<string, string>>
}

/** Thrown by a handler that cannot go on; carries the vendor's error answer. */
export class ReplyError extends Error {
  readonly reply: Reply

  constructor(reply: Reply) {
    super(`Answered with status ${reply.status}`)
    this.name = 'ReplyError'
    this.reply = reply
  }
}
