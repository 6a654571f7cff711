import { isAlias, isMap, isNode, isPair, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { alignItems } from './align-items.ts'
import { isRecord, sameValue } from './same-value.ts'
import { sameKey, spellKeys } from './yaml-spelling.ts'
import { indentText, renderFlow, renderScalar, renderValue } from './yaml-text.ts'

/** What a person wants a file to say, beside what it says now: both complete, with defaults. */
export interface YamlChange {
  text: string
  current: unknown
  next: unknown
  /** The same as `next` for parts that have to be written anew: without what goes without saying. */
  written: unknown
}

/**
 * The text with as little changed as it takes to say `next`: comments, order, quotes and spacing of everything else
 * stay as they are. `agrees` reads a text back; where cutting and pasting did not say what it should, the document is
 * rewritten by the YAML library, which keeps comments and order.
 */
export function editYaml(change: YamlChange, agrees: (text: string) => boolean): string {
  const document = spelled(change.text)
  const editor = new TextEditor(change.text)
  editor.node(document.contents, change.current, change.next, change.written)
  const edited = editor.result()
  if (agrees(edited)) return edited
  return rewritten(document, change)
}

/** A document whose keys are the texts that stand in it, as the reader has them. */
function spelled(text: string): Document.Parsed {
  const document = parseDocument(text, { uniqueKeys: sameKey })
  spellKeys(document.contents)
  return document
}

function rewritten(document: Document, { current, next, written }: YamlChange): string {
  const apply = (path: (string | number)[], now: unknown, then: unknown, text: unknown) => {
    if (sameValue(now, then)) return
    if (isRecord(now) && isRecord(then) && isRecord(text) && isMap(path.length === 0 ? document.contents : document.getIn(path, true))) {
      for (const name of new Set([...Object.keys(now), ...Object.keys(then)])) {
        if (then[name] === undefined) document.deleteIn([...path, name])
        else apply([...path, name], now[name], then[name], text[name])
      }
    } else if (text === undefined) document.deleteIn(path)
    else document.setIn(path, document.createNode(text))
  }
  if (document.contents === null) return renderValue(written)
  apply([], current, next, written)
  return document.toString({ lineWidth: 0 })
}

/** Collects replacements in a text and applies them from the end. */
class TextEditor {
  private readonly text: string
  private readonly eol: string
  private readonly edits: { start: number; end: number; text: string }[] = []

  constructor(text: string) {
    this.text = text
    this.eol = text.includes('\r\n') ? '\r\n' : '\n'
  }

  result(): string {
    const ordered = [...this.edits].sort((left, right) => right.start - left.start || right.end - left.end)
    return ordered.reduce((text, edit) => text.slice(0, edit.start) + edit.text.replaceAll('\n', this.eol) + text.slice(edit.end), this.text)
  }

  node(node: unknown, current: unknown, next: unknown, written: unknown): void {
    if (sameValue(current, next) || !isNode(node)) return
    if (isMap(node) && isRecord(current) && isRecord(next) && isRecord(written)) this.map(node, current, next, written)
    else if (isSeq(node) && Array.isArray(current) && Array.isArray(next) && Array.isArray(written)) this.seq(node, current, next, written)
    else this.replace(node, written)
  }

  private replace(node: Node, written: unknown): void {
    const range = node.range
    if (!range) return
    const old = this.text.slice(range[0], range[1])
    const isPlace = isScalar(node) || isAlias(node) || this.isFlow(node)
    const scalar = typeof written !== 'object' || written === null
    const text = scalar ? renderScalar(written, isScalar(node) ? node : undefined) : isPlace ? renderFlow(written) : indentText(renderValue(written), this.column(range[0]), false)
    // Block scalars and collections end with their line break; what replaces them has to end as they did.
    this.edit(range[0], range[1], text + (old.match(/[\r\n]*$/)?.[0] ? '\n'.repeat(old.slice(old.trimEnd().length).split('\n').length - 1) : ''))
  }

  private map(map: YAMLMap, current: Record<string, unknown>, next: Record<string, unknown>, written: Record<string, unknown>): void {
    const pairs = map.items.filter((pair): pair is Pair<Node, Node | null> => isPair(pair) && isNode(pair.key))
    const names = new Set(pairs.map((pair) => String(isScalar(pair.key) ? pair.key.value : '')))
    for (const pair of pairs) {
      const name = String(isScalar(pair.key) ? pair.key.value : '')
      if (next[name] === undefined) this.removePair(map, pairs, pair)
      else this.node(pair.value, current[name], next[name], written[name] ?? next[name])
    }
    const added = Object.keys(next).filter((name) => !names.has(name) && next[name] !== undefined && !sameValue(current[name], next[name]))
    if (added.length > 0) this.addPairs(map, pairs, added, written, next)
  }

  private removePair(map: YAMLMap, pairs: Pair<Node, Node | null>[], pair: Pair<Node, Node | null>): void {
    const start = pair.key.range?.[0] ?? 0
    if (this.isFlow(map)) {
      const at = pairs.indexOf(pair)
      const after = pairs[at + 1]?.key.range?.[0]
      const before = pairs[at - 1]
      if (after !== undefined) this.edit(start, after, '')
      else this.edit(before ? this.endOf(before) : start, this.endOf(pair), '')
      return
    }
    this.edit(this.lineStart(start), this.nextLine(this.endOf(pair)), '')
  }

  private addPairs(map: YAMLMap, pairs: Pair<Node, Node | null>[], names: string[], written: Record<string, unknown>, next: Record<string, unknown>): void {
    const last = pairs.at(-1)
    if (last === undefined) return
    const value = (name: string) => written[name] ?? next[name]
    if (this.isFlow(map)) {
      const end = this.endOf(last)
      this.edit(end, end, names.map((name) => `, ${renderScalar(name, undefined)}: ${renderFlow(value(name))}`).join(''))
      return
    }
    const blanks = this.column(pairs[0]?.key.range?.[0] ?? 0)
    const end = this.lineEnd(this.endOf(last))
    this.edit(end, end, names.map((name) => `\n${indentText(renderValue({ [name]: value(name) }), blanks)}`).join(''))
  }

  private seq(seq: YAMLSeq, current: unknown[], next: unknown[], written: unknown[]): void {
    const items = seq.items.filter((item): item is Node => isNode(item))
    const alignment = alignItems(current, next)
    const kept = alignment.map(({ old }) => old).filter((old) => old !== undefined)
    const inPlace = kept.length === current.length && alignment.length === current.length && kept.every((old, at) => old === at)
    if (inPlace) {
      items.forEach((item, at) => this.node(item, current[at], next[at], written[at]))
      return
    }
    if (this.isFlow(seq) || items.length !== current.length || items.length === 0) this.replace(seq, written)
    else this.rearrange(seq, items, { current, next, written })
  }

  /** Items as whole blocks of lines, each with the comments above it, put together in their new order. */
  private rearrange(seq: YAMLSeq, items: Node[], values: { current: unknown[]; next: unknown[]; written: unknown[] }): void {
    const starts = items.map((item) => this.lineStart(this.dashOf(item)))
    const blanks = this.column(this.dashOf(items[0] as Node))
    const end = this.nextLine(this.endOfNode(items.at(-1) as Node))
    const firstStart = starts[0] ?? 0
    const blocks = items.map((_item, at) => this.text.slice(at === 0 ? firstStart : this.commentStart(starts[at] ?? 0), at + 1 < items.length ? this.commentStart(starts[at + 1] ?? 0) : end))
    const flow = this.isFlow(items[0] as Node)
    const lines = alignItems(values.current, values.next).map(({ next, old }) => {
      if (old !== undefined && sameValue(values.current[old], values.next[next])) return blocks[old] ?? ''
      const item = values.written[next]
      if (old !== undefined) return this.edited(blocks[old] ?? '', { current: values.current[old], next: values.next[next], written: item })
      return `${indentText(`- ${flow ? renderFlow(item) : indentText(renderValue(item), 2, false)}`, blanks)}\n`
    })
    const text = lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`)).join('')
    this.edit(firstStart, end, seq.items.length > 0 && end === this.text.length && !this.text.endsWith('\n') ? text.trimEnd() : text)
  }

  /** One block of a list (comments and item) with its item changed. */
  private edited(block: string, values: { current: unknown; next: unknown; written: unknown }): string {
    const document = spelled(block)
    const inner = new TextEditor(block)
    if (isSeq(document.contents)) inner.node(document.contents.items[0], values.current, values.next, values.written)
    return inner.result()
  }

  private edit(start: number, end: number, text: string): void {
    this.edits.push({ start, end, text })
  }

  private isFlow(node: Node): boolean {
    return (isMap(node) || isSeq(node)) && node.flow === true
  }

  /** The place of the dash before a list item. */
  private dashOf(item: Node): number {
    return this.text.lastIndexOf('-', (item.range?.[0] ?? 0) - 1)
  }

  private endOf(pair: Pair<Node, Node | null>): number {
    const end = pair.value ? this.endOfNode(pair.value) : (pair.key.range?.[1] ?? 0)
    return Math.max(end, pair.key.range?.[1] ?? 0)
  }

  /** Where a node's own text ends, without the blanks and breaks behind it. */
  private endOfNode(node: Node): number {
    const [start, end] = node.range ?? [0, 0]
    return start + this.text.slice(start, end).trimEnd().length
  }

  private column(at: number): number {
    return at - this.lineStart(at)
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1
  }

  private lineEnd(at: number): number {
    const found = this.text.indexOf('\n', at)
    if (found < 0) return this.text.length
    return this.text[found - 1] === '\r' ? found - 1 : found
  }

  private nextLine(at: number): number {
    const found = this.text.indexOf('\n', at)
    return found < 0 ? this.text.length : found + 1
  }

  /** The first of the comment lines directly above a line. */
  private commentStart(lineStart: number): number {
    let start = lineStart
    while (start > 0) {
      const above = this.lineStart(start - 1)
      if (!/^\s*#/.test(this.text.slice(above, start))) return start
      start = above
    }
    return start
  }
}
