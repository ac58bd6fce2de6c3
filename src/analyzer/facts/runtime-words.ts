/** How a runtime that web applications are written for words what goes wrong inside a program. */
interface Runtime {
  /** Where the words are written down. */
  readonly source: string
  /** What the language itself throws, about the program: no answer of another server is told in these words. */
  readonly thrown?: RegExp
  /** One line of its stack traces, or what stands around them. */
  readonly frame?: RegExp
  /** What its JSON parsers say of a text that is no JSON. */
  readonly notJson?: RegExp
}

const runtimes: Readonly<Record<string, Runtime>> = {
  V8: {
    source: 'https://github.com/v8/v8/blob/main/src/common/message-template.h',
    thrown:
      /\bis not (a function|defined|iterable|a constructor)\b|cannot (read|set) propert(y|ies)\b|cannot access \S+ before initialization|cannot destructure property/i,
    frame: /\bat (async )?([^()\s][^()]{0,120}? )?\(?([^()\s]*[A-Za-z/\\][^()\s]*:\d+:\d+|<anonymous>|\(\))\)?/g,
    notJson: /unexpected (token|end|non-whitespace character)\b.{0,80}?\bjson\b|\bSyntaxError: Unexpected token\b/i,
  },
  JavaScriptCore: {
    source: 'https://github.com/WebKit/WebKit/blob/main/Source/JavaScriptCore/runtime/LiteralParser.cpp',
    thrown: /\bis not an object \(evaluating\b/i,
    notJson: /\bJSON parse error\b/i,
  },
  Python: {
    source: 'https://docs.python.org/3/library/exceptions.html and json.JSONDecodeError',
    thrown:
      /\b(AttributeError|NameError|UnboundLocalError|ImportError|ModuleNotFoundError)\b|object is not (subscriptable|callable|iterable)|unexpected keyword argument|required positional argument/,
    frame:
      /\bTraceback \(most recent call last\):.*?(?=\b[\w.]*(Error|Exception)\b:)|\bFile "[^"]*", line \d+(, in \S+)?/g,
    notJson: /\bJSONDecodeError\b|\bExpecting value: line \d+/,
  },
  Ruby: {
    source: 'https://docs.ruby-lang.org/en/master/NoMethodError.html and the gem json',
    thrown: /\bNoMethodError\b|\bundefined (local variable or )?method\b|\buninitialized constant\b/,
    frame: /\S+\.rb:\d+(:in [`'‘][^'’]*['’])?/g,
    notJson: /\bJSON::ParserError\b|\bunexpected (token at|character:) ['"]/,
  },
  Java: {
    source:
      'https://docs.oracle.com/javase/8/docs/api/java/lang/package-summary.html, Jackson, Gson and Spring’s RestClient',
    thrown:
      /\b(NullPointer|ClassCast|ClassNotFound|NoSuchElement)Exception\b|\b(NoSuchMethod|NoClassDefFound|StackOverflow|OutOfMemory)Error\b|\bcannot invoke "[^"]*" because\b/i,
    frame: /\bat [\w.$/<>]+\((?:[\w$]+\.(java|kt|scala|groovy):\d+|Native Method|Unknown Source)\)/g,
    notJson:
      /\bJsonParseException\b|\bMalformedJsonException\b|\bexpected a valid value\b|\bExpected BEGIN_OBJECT but was\b|\bno suitable HttpMessageConverter\b/,
  },
  '.NET': {
    source: 'https://learn.microsoft.com/dotnet/api/system.nullreferenceexception, System.Text.Json and Json.NET',
    thrown:
      /\b(NullReference|InvalidCast|MissingMethod|TypeLoad)Exception\b|\bobject reference not set to an instance\b/i,
    frame: /\bat [\w.`<>[\],+]+\([^()]*\)( in \S+:line \d+)?/g,
    notJson: /\bis an invalid start of a value\b|\bUnexpected character encountered while parsing value\b/,
  },
  Go: {
    source: 'https://pkg.go.dev/runtime#Error and https://pkg.go.dev/encoding/json#SyntaxError',
    thrown: /\bruntime error: |\bnil pointer dereference\b|\binterface conversion: /,
    frame: /\bgoroutine \d+ \[\w+\]:|\S+\.go:\d+( \+0x[\da-f]+)?/g,
    notJson: /\binvalid character '[^']*'? looking for beginning of\b|\binvalid character '</,
  },
  PHP: {
    source:
      'https://www.php.net/manual/en/class.error.php and https://www.php.net/manual/en/function.json-last-error-msg.php',
    thrown:
      /\bCall to (undefined (method|function)|a member function)\b|\bUndefined (array key|index|property|variable)\b|\bClass "[^"]*" (does )?not (found|exist)\b|\bmust be of type \S+, \w+ given\b/,
    frame: /#\d+ \S+\(\d+\): \S+|#\d+ \{main\}/g,
    notJson: /\bJsonException\b|\bjson_decode\b|\bSyntax error\b(?!,? (unexpected|or access|at or near))/,
  },
  Elixir: {
    source: 'https://hexdocs.pm/elixir/Kernel.html#exceptions and https://hexdocs.pm/jason/Jason.DecodeError.html',
    thrown: /\b(UndefinedFunction|FunctionClause|Match)Error\b|\bno function clause matching\b/,
    notJson: /\bunexpected byte at position \d+\b/,
  },
  Rust: {
    source: 'https://docs.rs/serde_json/latest/serde_json/struct.Error.html',
    notJson: /\bexpected (value|ident) at line \d+ column \d+/,
  },
}

const all = Object.values(runtimes)

/** A text without the lines of a stack trace, whose names are those of the program’s parts. */
export const withoutStack = (text: string): string =>
  all.reduce((rest, { frame }) => (frame ? rest.replaceAll(frame, ' ') : rest), text)

/** Whether a text says that the program itself went wrong. */
export const isThrown = (text: string): boolean => all.some(({ thrown }) => thrown?.test(text) === true)

/** What a program met where it expected JSON: a page, parameters in form encoding, or something that is not shown. */
export type NotJson = 'html' | 'form' | 'other'

export const notJsonIn = (text: string): NotJson | undefined => {
  if (!all.some(({ notJson }) => notJson?.test(text) === true)) return undefined
  if (/<|text\/html|doctype|0x3C/i.test(text)) return 'html'
  return /access_tok|error=|token ['"`‘]?a\b|character \(?['"`‘]a['"`’]|x-www-form-urlencoded/i.test(text)
    ? 'form'
    : 'other'
}
