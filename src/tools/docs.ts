import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { rulesDocument } from '../analyzer/rules/documentation'

writeFileSync(join(import.meta.dirname, '../analyzer/rules/README.md'), rulesDocument())
