import { Document, isCollection, isScalar, Scalar, visit } from 'yaml'

const layout = { lineWidth: 0, indentSeq: true } as const

/** A value as new YAML text: blocks, with short lists of words on one line. */
export function renderValue(value: unknown): string {
  const document = new Document(value)
  visit(document, {
    Seq: (_key, seq) => {
      if (seq.items.every((item) => isScalar(item))) seq.flow = true
    },
  })
  return document.toString(layout)
}

/** A value on one line. */
export function renderFlow(value: unknown): string {
  const document = new Document(value)
  if (isCollection(document.contents)) document.contents.flow = true
  return oneLine(document)
}

/** A scalar on one line, quoted like the one it replaces where that is possible. */
export function renderScalar(value: unknown, like: Scalar | undefined): string {
  const document = new Document(value)
  if (isScalar(document.contents) && like?.type !== undefined && typeof value === 'string') {
    const quoted = like.type === Scalar.QUOTE_SINGLE || like.type === Scalar.QUOTE_DOUBLE
    if (quoted) document.contents.type = like.type as Scalar.Type
  }
  // A text of several lines is written with escapes, so that it fits wherever the old one stood.
  if (typeof value === 'string' && /[\n\r]/.test(value)) return JSON.stringify(value)
  return oneLine(document)
}

function oneLine(document: Document): string {
  return document.toString({ ...layout, flowCollectionPadding: true }).trimEnd()
}

/** Puts blanks before every line but the first (and before that too, if asked). */
export function indentText(text: string, blanks: number, first = true): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line, index) => (line === '' || (index === 0 && !first) ? line : ' '.repeat(blanks) + line))
    .join('\n')
}
