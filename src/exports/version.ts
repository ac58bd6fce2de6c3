/** The version of package.json, which programs without a bundler cannot import; a test keeps the two equal. */
export const version = '0.1.0'
