import { main } from '../kit/run-simulator.ts'
import { createBulk } from './simulator.ts'

await main(createBulk)
