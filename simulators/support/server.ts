import { main } from '../kit/run-simulator.ts'
import { createSupport } from './simulator.ts'

await main(createSupport)
