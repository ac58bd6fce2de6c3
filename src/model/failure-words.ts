const failureWords =
  /\b(error|failed|failure|denied|invalid|expired|mismatch|oops|went wrong|could not|couldn.t|unable to|fehler|fehlgeschlagen|nicht möglich|erreur|errore|erro|fallo|fout|mislukt|hata|fel)\b|échec|falló|błąd|ошибка|エラー|错误|錯誤|失败|失敗|오류/iu

/** Whether a text for people says that something did not work, in one of these languages. */
export const saysFailure = (text: string): boolean => failureWords.test(text)

/** Whether a value is what runtimes make of an error: the name of its class, and then its message. */
export const isException = (value: string): boolean => /^([a-z]+\.)*[A-Z]\w*(Error|Exception): /.test(value)
