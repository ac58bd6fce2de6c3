import { startLab } from './lab'

const lab = await startLab()
process.stdout.write(`The login lab is at ${lab.startUrl}\n`)
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void lab.close())
