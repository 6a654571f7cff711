/** A process that wants to own a state folder: says whether it does, and stays until its input ends or it is killed. */
import { openAsOwner } from '../../engine/storage/lease.ts'
import { systemClock } from '../clock.ts'
import { thisProcess } from '../holder.ts'

const [folder = ''] = process.argv.slice(2)
const opened = await openAsOwner(folder, { clock: systemClock, holder: thisProcess })
if (opened.kind === 'owner') {
  const { database, lease } = opened
  database.transaction(() => database.run('INSERT INTO sequence VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1', 'owners'))
  process.stdin.resume()
  process.stdin.on('end', () => {
    lease.release()
    database.close()
    process.exit(0)
  })
}
process.stdout.write(`${opened.kind}\n`)
