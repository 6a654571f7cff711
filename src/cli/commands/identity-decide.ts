import { AppError } from '../../contract/errors.ts'
import type { DecisionKind, IdentityDecision, IdentityRun } from '../../contract/shapes.ts'
import { usage } from '../arguments.ts'
import { type Command, type CommandInput, type OptionValues, text, textOf, texts, textsOf } from '../command.ts'
import type { Caller } from '../connect-engine.ts'
import { identityOf } from '../identity-words.ts'
import { counted } from '../table.ts'

/** A record is named as every list names it: `crm/contacts:42`. */
const common = { reason: text('R'), identity: text('I') }

/** They are one person, whatever the rules say. */
export const identityLink: Command = {
  path: ['identity', 'link'],
  words: ['record', 'record…'],
  options: common,
  connects: true,
  summary: 'Say that records are one person: identity link crm/contacts:42 customers:7 --reason “…”.',
  run: (input) => decide(identityLink, input, 'link', async () => [input.words]),
}

/** Each leaves, or each --apart leaves together; who is not named stays. */
export const identitySplit: Command = {
  path: ['identity', 'split'],
  words: ['record…?'],
  options: { apart: texts('a,b'), ...common },
  connects: true,
  summary: 'Take records out of a person: each one named leaves alone, those of one --apart leave together, the others stay.',
  run: (input) => decide(identitySplit, input, 'split', (caller, identity) => splitParts(caller, identity, input)),
}

/** They are never one person, whatever the rules say. */
export const identityNever: Command = {
  path: ['identity', 'never'],
  words: ['record', 'record…'],
  options: common,
  connects: true,
  summary: 'Say that records are never the same person; no rule joins them, and nobody is asked again.',
  run: (input) => decide(identityNever, input, 'never the same', async () => input.words.map((record) => [record])),
}

/** Of a person's records in one system, this one is the one that is written to. */
export const identitySurvivor: Command = {
  path: ['identity', 'survivor'],
  words: ['record'],
  options: common,
  connects: true,
  summary: 'Choose which of a person’s records in one system stands for them.',
  run: (input) =>
    decide(identitySurvivor, input, 'survivor', async (caller, identity) => {
      const [record = ''] = input.words
      const { records } = await caller.identity.person({ identity, record })
      const source = records.find(({ reference }) => reference === record)?.source
      return [[record], records.filter((other) => other.source === source).map(({ reference }) => reference)]
    }),
}

/** A key is wrong where it comes from; the case goes by itself once it has changed there. */
export const identityFix: Command = {
  path: ['identity', 'fix'],
  words: ['record', 'column'],
  options: common,
  connects: true,
  summary: 'Ask for a key to be corrected at its source: identity fix customers:7 email --reason “…”.',
  run: (input) => {
    const [record = '', column] = input.words
    return decide(identityFix, input, 'fix at source', async () => [[record]], column)
  },
}

/** The entities are again what they were. */
export const identityUndo: Command = {
  path: ['identity', 'undo'],
  words: ['decision'],
  options: common,
  connects: true,
  summary: 'Take a decision back; the persons are again what they would be without it.',
  async run({ engine, words, options }) {
    const reason = reasonOf(identityUndo, options)
    const { caller } = await engine()
    const done = await caller.identity.undo({ identity: await identityOf(caller, textOf(options, 'identity')), decision: words[0] ?? '', reason })
    return { json: done, text: `Taken back. ${runText(done.run)}` }
  },
}

async function decide(command: Command, { options, engine }: CommandInput, kind: DecisionKind, partsOf: (caller: Caller, identity: string) => Promise<string[][]>, column?: string) {
  const reason = reasonOf(command, options)
  const { caller } = await engine()
  const identity = await identityOf(caller, textOf(options, 'identity'))
  const done = await caller.identity.decide({ identity, kind, parts: await partsOf(caller, identity), ...(column === undefined ? {} : { column }), reason })
  return { json: done, text: decidedText(done) }
}

async function splitParts(caller: Caller, identity: string, { words, options }: CommandInput): Promise<string[][]> {
  const together = textsOf(options, 'apart').map((list) => list.split(',').map((record) => record.trim()).filter((record) => record !== ''))
  const leaving = [...words.map((record) => [record]), ...together.filter((part) => part.length > 0)]
  const named = new Set(leaving.flat())
  const [first] = named
  if (first === undefined) throw usage(identitySplit, 'no record was named.')
  const { records } = await caller.identity.person({ identity, record: first })
  const staying = records.map(({ reference }) => reference).filter((reference) => !named.has(reference))
  if (records.length === 1) throw new AppError('bad-input', `'${first}' is the only record of this person.`, { field: 'record', value: first, next: 'There is nothing to split; see the person’s records under Identity.' })
  return staying.length > 0 ? [staying, ...leaving] : leaving
}

function reasonOf(command: Command, options: OptionValues): string {
  const reason = textOf(options, 'reason')
  if (reason === undefined) throw usage(command, '--reason is missing.')
  return reason
}

const decidedWords: Record<Exclude<DecisionKind, 'fix at source'>, string> = {
  link: 'are one person',
  split: 'are several people',
  'never the same': 'are never the same person',
  survivor: 'have one that stands for the person',
}

function decidedText({ decision, run }: { decision: IdentityDecision; run: IdentityRun }): string {
  return [`Decided: ${whatWasDecided(decision)} ${runText(run)}`, `Take it back with: lockstep identity undo ${decision.id} --reason “…”`].join('\n')
}

function whatWasDecided({ kind, parts, column = '' }: IdentityDecision): string {
  const records = new Set(parts.flat())
  if (kind === 'fix at source') return `the ${column} of ${[...records].join()} is to be corrected at its source, and waits until it has changed there.`
  return `${counted(records.size, 'record', 'records')} ${decidedWords[kind]}.`
}

function runText({ records, entities }: IdentityRun): string {
  return `${counted(records, 'record is', 'records are')} ${counted(entities, 'entity', 'entities')} now.`
}
