import { AppError } from '../../contract/errors.ts'

/** More pages than any account has: a list of a hundred million records, a hundred to the page. */
const mostPages = 1_000_000
/** Pages of what an account has set up: fields, attributes, lists. Each is held in memory. */
export const mostDiscovered = 500
/** Pages in a row that bring nothing new; change feeds may have some. */
const mostIdle = 20

/**
 * Watches a list that comes in pages, so that one without an end does not keep us for ever: a cursor that came before,
 * pages that bring nothing new, more of them than there can be. Holds one cursor and one page, whatever the length.
 */
export class PageWatch {
  private readonly name: string
  private readonly what: string
  private readonly most: number
  private pages = 0
  private idle = 0
  private last = ''
  /** Brent's method: a cycle comes back to a cursor that is remembered for longer and longer. */
  private remembered: string | undefined
  private until = 1

  /** `name` is the connection's; `what` completes "while …". */
  constructor({ name, what, most = mostPages }: { name: string; what: string; most?: number }) {
    this.name = name
    this.what = what
    this.most = most
  }

  /** Another page is to be asked for, by `cursor`; the one just read held `ids`. Throws when the list has no end. */
  goesOn(cursor: string, ids: readonly string[]): void {
    this.pages += 1
    const page = ids.join('\n')
    this.idle = ids.length === 0 || page === this.last ? this.idle + 1 : 0
    this.last = page
    if (cursor === this.remembered || this.idle >= mostIdle || this.pages >= this.most) throw this.endless()
    if (this.pages < this.until) return
    this.remembered = cursor
    this.until *= 2
  }

  private endless(): AppError {
    return new AppError('destination-refused', `${this.name} does not come to an end while ${this.what}: after ${this.pages.toLocaleString('en-US')} ${this.pages === 1 ? 'page' : 'pages'} it still has another one, with nothing new in it.`, {
      next: 'Try again later; if it lasts, report it to the makers of the system. Nothing was sent.',
      retryable: true,
    })
  }
}
