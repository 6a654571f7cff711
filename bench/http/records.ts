import { z } from 'zod'

/** A record of the measured system: the twelve columns of the data set. */
export const benchRecord = z.object({
  customer_id: z.string(),
  email: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  phone: z.string(),
  country: z.string(),
  plan: z.string(),
  seats: z.string(),
  mrr_cents: z.string(),
  ltv_cents: z.string(),
  is_active: z.string(),
  updated_at: z.string(),
})
export type BenchRecord = z.infer<typeof benchRecord>

export const written = z.object({ results: z.array(z.object({ index: z.number().int(), id: z.string(), status: z.enum(['created', 'updated', 'error']) })) })
export const readAnswer = z.object({ records: z.array(benchRecord) })

/** What the system held of a customer before: no value is the warehouse's. */
export function oldRecord(id: string): BenchRecord {
  return {
    customer_id: id, email: `old-${id}@example.com`, first_name: 'Old', last_name: 'Older', phone: '+15550000000', country: 'XX', plan: 'old', seats: '-1',
    mrr_cents: '-1', ltv_cents: '-1', is_active: '', updated_at: '2020-01-01T00:00:00Z',
  }
}

/** A record as large as the engine's. */
export function plainRecord(row: number): BenchRecord {
  return {
    customer_id: `c4ca4238a0b923820dcc${String(row).padStart(12, '0')}`, email: `user${row}@c4ca4238.example.com`, first_name: `First${row % 5000}`, last_name: `Last${row % 20000}`,
    phone: `+1555${String(row % 1e7).padStart(7, '0')}`, country: 'US', plan: 'pro', seats: String((row * 7) % 250), mrr_cents: String((row * 131) % 100000),
    ltv_cents: String((row * 7919) % 1e8), is_active: row % 9 === 0 ? 'false' : 'true', updated_at: '2026-01-01T00:00:00Z',
  }
}
