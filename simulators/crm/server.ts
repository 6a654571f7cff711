import { main } from '../kit/run-simulator.ts'
import { createCrm } from './simulator.ts'

await main(createCrm)
