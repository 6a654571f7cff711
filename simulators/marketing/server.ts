import { main } from '../kit/run-simulator.ts'
import { createMarketing } from './simulator.ts'

await main(createMarketing)
