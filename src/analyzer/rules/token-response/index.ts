import { invalidGrantUndistinguished } from './invalid-grant-undistinguished'

export const tokenResponseRules = [invalidGrantUndistinguished]
