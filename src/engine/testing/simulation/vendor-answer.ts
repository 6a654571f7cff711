export type VendorAnswer = { trace: string; ok: true; id: string | undefined; existed?: boolean } | { trace: string; ok: false; code: string; again: boolean }
