import type { MenuItem } from '../ui/menu'

/** What the export menu offers for the shown recording. */
export const exportItems = (): readonly MenuItem[] => []
