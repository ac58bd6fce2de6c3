/** Offers text as a download. */
export const saveText = (text: string, fileName: string, mimeType: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: mimeType }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  // The browser has begun to read by then; a URL that is never revoked keeps the text in memory.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
