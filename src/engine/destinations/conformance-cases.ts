import { AppError } from '../../contract/errors.ts'
import { errorOf, expectThat, keyOf, Trial } from './conformance.ts'
import type { ConformanceCase } from './conformance.ts'
import { hostileCases, listAll } from './conformance-hostile.ts'
import { UnknownOutcome } from '../drivers/driver.ts'

/** Rules about what a destination says, reads and writes while nothing goes wrong. */
const ordinaryCases: ConformanceCase[] = [
  {
    name: 'describes itself: the account, its objects, and the fields by which records are found',
    async run(target) {
      const { connected } = await Trial.open(target)
      const { account } = await connected.check()
      expectThat(account !== '', 'the account is named')
      const object = await connected.object(target.object)
      const names = object.fields.map(({ name }) => name)
      expectThat(new Set(names).size === names.length, 'every field once', names)
      expectThat(object.operations.includes('update') && (target.removal === undefined || object.operations.includes(target.removal)), 'what can be done with its records', object.operations)
      expectThat(object.matchFields.includes(target.keyField), `${target.keyField} finds records`, object.matchFields)
      expectThat(object.matchFields.every((name) => names.includes(name)), 'match fields are fields', object.matchFields)
    },
  },
  {
    name: 'reads back by key and by id what it has written, in the form it was given',
    async run(target) {
      const trial = await Trial.open(target)
      const [id = ''] = await trial.create(1, 3)
      expectThat((await trial.valueOf(1)) === target.values[0], 'the first value by key', await trial.valueOf(1))
      const answers = await trial.settled('update', await trial.updateRows([id], 1))
      expectThat(answers[0]?.outcome === 'delivered', 'the update is delivered', answers)
      await trial.visible()
      const [byId] = await trial.readIds(id)
      expectThat(byId?.id === id, 'the record by its id', byId)
      expectThat((await trial.decoded(target.field, byId.fields[target.field] ?? null)) === target.values[1], 'the second value by id', byId)
      expectThat((await trial.valueOf(2)) === target.values[0], 'another record is untouched')
    },
  },
  {
    name: 'leaves out what is not there, and answers each key asked for at most once',
    async run(target) {
      const trial = await Trial.open(target)
      await trial.create(1, 2)
      const found = await trial.readKeys(2, 900, 1)
      expectThat(found.map(({ requestedKey }) => requestedKey).sort().join() === `${keyOf(1)},${keyOf(2)}`, 'the two that are there', found)
      expectThat((await trial.connected.read({ object: target.object, fields: [target.field], by: { kind: 'id', values: [] } })).length === 0, 'nothing asked, nothing read')
    },
  },
  {
    name: 'pages through all records exactly once, where it can list',
    async run(target) {
      const trial = await Trial.open(target)
      if (!trial.connected.declaration.list || target.createIn !== undefined) return
      const ids = await trial.create(1, 230)
      const seen = await listAll(trial.connected, target)
      expectThat(seen.length === new Set(seen).size && ids.every((id) => seen.includes(id)), 'every record once', seen.length)
    },
  },
  {
    name: 'finds what changed since a moment, where it has a change feed',
    async run(target) {
      const trial = await Trial.open(target)
      if (!trial.connected.declaration.changeFeed || (await trial.connected.object(target.object)).membership) return
      const ids = await trial.create(1, 5)
      await target.clock.sleep(1100 + trial.connected.profile.changeFeedDelayMs)
      const since = new Date(target.clock.now() - trial.connected.profile.changeFeedDelayMs).toISOString()
      const [third = ''] = ids.slice(2)
      await trial.settled('update', await trial.updateRows([third], 3))
      await target.clock.sleep(200 + trial.connected.profile.changeFeedDelayMs)
      const changed = await listAll(trial.connected, target, since)
      expectThat(changed.includes(third), 'the changed record', changed)
    },
  },
  {
    name: 'empties a field when null is written',
    async run(target) {
      const trial = await Trial.open(target)
      if ((await trial.connected.object(target.object)).membership) return
      const ids = await trial.create(1, 1)
      await trial.settled('update', await trial.updateRows(ids, 1, null))
      await trial.visible()
      expectThat((await trial.valueOf(1)) === null, 'no value', await trial.valueOf(1))
    },
  },
  {
    name: 'removes a record, and says so when it is read again',
    async run(target) {
      const trial = await Trial.open(target)
      if (target.removal === undefined) return
      const [id = ''] = await trial.create(1, 2)
      const [removed] = await trial.removed(target.removal, id)
      expectThat(removed?.outcome === 'delivered', 'the removal is delivered', removed)
      await trial.visible()
      const [byId] = await trial.readIds(id)
      expectThat(byId === undefined || byId.deleted === true, 'not there, or there as deleted', byId)
      expectThat((await trial.readKeys(1)).length === 0, 'its key finds nothing')
      expectThat((await trial.readKeys(2)).length === 1, 'another record is still there')
    },
  },
  {
    name: 'gives every row of a batch its own answer when only some are taken',
    async run(target) {
      const trial = await Trial.open(target)
      const ids = await trial.create(1, 3)
      const rows = await trial.updateRows(ids, 1)
      const answers = await trial.settled('update', rows.map((row) => (row.position === 1 ? target.spoilRow(row) : row)))
      expectThat(answers.map(({ position }) => position).join() === '0,1,2', 'one answer a row, in order', answers)
      expectThat(answers.map(({ outcome }) => outcome).join() === 'delivered,rejected,delivered', 'only the spoilt row is rejected', answers)
      await trial.visible()
      expectThat((await trial.valueOf(1)) === target.values[1] && (await trial.valueOf(3)) === target.values[1], 'the others are applied')
      expectThat((await trial.valueOf(2)) === target.values[0], 'the spoilt row is not')
    },
  },
  {
    name: 'reports a batch that is refused as a whole, with nothing applied',
    async run(target) {
      const trial = await Trial.open(target)
      const ids = await trial.create(1, 1)
      const [row] = await trial.updateRows(ids, 1)
      expectThat(row !== undefined, 'a row')
      const answer = await trial.write('update', target.refusedBatch(row))
      expectThat(answer.kind === 'refused' && answer.refusal.message !== '' && !answer.refusal.retryable, 'refused with a reason', answer)
      await trial.visible()
      expectThat((await trial.valueOf(1)) === target.values[0], 'nothing applied')
    },
  },
]

/** Rules about what happens when the network or the vendor fails. */
const failureCases: ConformanceCase[] = [
  {
    name: 'names the connection and the next step when the credentials are wrong',
    async run(target) {
      const connected = await target.connect({ token: 'wrong' })
      const error = await errorOf(connected.check())
      expectThat(error instanceof AppError && error.code === 'unauthorised', 'unauthorised', error.message)
      expectThat(error.message.includes(connected.name) && error.place.next !== undefined, 'connection and next step', error.toBody())
      expectThat(!JSON.stringify(error.toBody()).includes('wrong'), 'no secret in the error')
    },
  },
  {
    name: 'waits as long as Retry-After says, in seconds, then goes on',
    async run(target) {
      const trial = await Trial.open(target)
      await trial.create(1, 1)
      await trial.fault(target.paths.read, { kind: 'retryAfter', retryAfter: 0.25 })
      const startedAt = target.clock.monotonic()
      expectThat((await trial.readKeys(1)).length === 1, 'the read succeeds')
      expectThat(target.clock.monotonic() - startedAt >= 250, 'not before the time is over', target.clock.monotonic() - startedAt)
    },
  },
  {
    name: 'takes a Retry-After that is a date',
    async run(target) {
      const trial = await Trial.open(target)
      const ids = await trial.create(1, 1)
      await trial.fault(target.paths.update, { kind: 'retryAfter', retryAfter: 1, date: true })
      const answers = await trial.settled('update', await trial.updateRows(ids, 1))
      expectThat(answers[0]?.outcome === 'delivered', 'the write is repeated, for it was not processed', answers)
    },
  },
  {
    name: 'slows down by itself when a 429 says nothing more',
    async run(target) {
      const trial = await Trial.open(target)
      const ids = await trial.create(1, 1)
      await trial.fault(target.paths.update, { kind: 'status', status: 429 }, 3)
      const answers = await trial.settled('update', await trial.updateRows(ids, 1))
      expectThat(answers[0]?.outcome === 'delivered', 'the write is repeated', answers)
      expectThat((await trial.requests(target.paths.update)).filter(({ status }) => status === 429).length === 3, 'three refusals were met')
    },
  },
  {
    name: 'gives up with words when the limit never ends',
    async run(target) {
      const trial = await Trial.open(target, { retryAttempts: 3 })
      await trial.fault(target.paths.read, { kind: 'status', status: 429 }, 50)
      const error = await errorOf(trial.readKeys(1))
      expectThat(error instanceof AppError && error.code === 'rate-limited' && error.place.retryable === true, 'rate-limited', error.message)
      expectThat((await trial.requests(target.paths.read)).length === 3, 'as many attempts as the profile allows')
    },
  },
  {
    name: 'repeats a read on any failure',
    async run(target) {
      const trial = await Trial.open(target, { requestTimeoutMs: 1000 })
      await trial.create(1, 1)
      const failures = [{ kind: 'status', status: 503 }, { kind: 'reset' }, { kind: 'dropResponse' }, { kind: 'truncate' }, { kind: 'delay', ms: 1500 }]
      for (const failure of failures) {
        await trial.fault(target.paths.read, failure)
        expectThat((await trial.readKeys(1)).length === 1, `the read succeeds after ${failure.kind}`)
      }
    },
  },
  ...(['status', 'reset', 'dropResponse', 'truncate', 'delay', 'half'] as const).map(lostWrite),
  {
    name: 'says that it cannot be reached, with the address, and repeats even a write that never left',
    async run(target) {
      const connected = await target.connect({ url: 'http://127.0.0.1:9', limits: { retryAttempts: 2 } })
      const row = { position: 0, traceId: 'trace', id: '1', key: { field: target.keyField, value: keyOf(1) }, fields: {} }
      for (const work of [connected.check(), connected.write({ object: target.object, operation: 'update', rows: [row] })]) {
        const error = await errorOf(work)
        expectThat(error instanceof AppError && error.code === 'destination-unreachable', 'unreachable', error.message)
        expectThat(error.message.includes('127.0.0.1:9') && error.place.next !== undefined, 'address and next step', error.toBody())
      }
    },
  },
  {
    name: 'stops waiting when it is cancelled',
    async run(target) {
      const trial = await Trial.open(target)
      await trial.fault(target.paths.read, { kind: 'retryAfter', retryAfter: 30 })
      const stop = new AbortController()
      const reading = errorOf(trial.connected.read({ object: target.object, fields: [target.field], by: { kind: 'key', field: target.keyField, values: [keyOf(1)] } }, stop.signal))
      await target.clock.sleep(150)
      expectThat(trial.connected.waiting() !== undefined, 'the wait is shown')
      stop.abort()
      const error = await reading
      expectThat(error instanceof AppError && error.code === 'cancelled', 'cancelled', error.message)
    },
  },
  {
    name: 'does not know the outcome of a write that is cancelled on its way',
    async run(target) {
      const trial = await Trial.open(target)
      const ids = await trial.create(1, 1)
      await trial.fault(target.paths.update, { kind: 'delay', ms: 400 })
      const stop = new AbortController()
      const writing = errorOf(trial.write('update', await trial.updateRows(ids, 1), stop.signal))
      await target.clock.sleep(150)
      stop.abort()
      expectThat((await writing) instanceof UnknownOutcome, 'unknown')
    },
  },
  {
    name: 'keeps within the limits that the vendor enforces',
    async run(target) {
      const trial = await Trial.open(target)
      await trial.create(1, 1)
      // A member is read with two requests.
      await Promise.all(Array.from({ length: target.createIn === undefined ? 300 : 150 }, () => trial.readKeys(1)))
      const refused = (await target.simulator.log()).filter(({ status }) => status === 429)
      expectThat(refused.length === 0, 'no request beyond the limit', refused.length)
    },
  },
]

/** A write whose answer does not come is unknown, is never sent again, and a strong read settles it. */
function lostWrite(kind: 'status' | 'reset' | 'dropResponse' | 'truncate' | 'delay' | 'half'): ConformanceCase {
  return {
    name: `does not know the outcome of a write after ${kind === 'status' ? 'a failure of the vendor' : kind}, and a read settles it`,
    async run(target) {
      const trial = await Trial.open(target, { requestTimeoutMs: 1000 })
      const ids = await trial.create(1, 4)
      const before = (await trial.requests(target.paths.update)).length
      await trial.fault(target.paths.update, { kind, ...(kind === 'status' ? { status: 502 } : {}), ...(kind === 'delay' ? { ms: 1500 } : {}) })
      const error = await errorOf(trial.write('update', await trial.updateRows(ids, 1)))
      expectThat(error instanceof UnknownOutcome, 'unknown', error.message)
      await target.clock.sleep(kind === 'delay' ? 700 : 0)
      await trial.visible()
      expectThat((await trial.requests(target.paths.update)).length === before + 1, 'sent once')
      const values = [await trial.valueOf(1), await trial.valueOf(2), await trial.valueOf(3), await trial.valueOf(4)]
      const applied = values.filter((value) => value === target.values[1]).length
      const expected = { status: 0, reset: 0, dropResponse: 4, truncate: 4, delay: 4, half: 2 }[kind]
      expectThat(applied === expected && values.every((value) => target.values.some((known) => known === value)), `${expected} of 4 are applied, the others are as before`, values)
    },
  }
}

/** Everything that every destination is held to, each case on empty records. */
export const conformanceCases: readonly ConformanceCase[] = [...ordinaryCases, ...failureCases, ...hostileCases]
