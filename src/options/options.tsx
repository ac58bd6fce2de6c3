import { type ReactNode, useId, useState } from 'react'
import type { Settings } from '../messaging/contract'
import { Button, IconButton } from '../ui/button'
import { endpointError, hostsError, parseHosts, withEndpoint, withoutEndpoint } from './form'
import './options.css'

interface OptionsProps {
  readonly initial: Settings
  readonly save: (change: Partial<Settings>) => Promise<Settings>
  readonly requestNotifications: () => Promise<boolean>
}

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="options-section">
    <h2>{title}</h2>
    <div className="options-fields">{children}</div>
  </section>
)

interface HostsProps {
  readonly label: string
  readonly hint: string
  readonly hosts: readonly string[]
  readonly onChange: (hosts: readonly string[]) => void
}

/** Saves when it is left, and only what can be read. */
const Hosts = ({ label, hint, hosts, onChange }: HostsProps) => {
  const id = useId()
  const [text, setText] = useState(hosts.join('\n'))
  const [error, setError] = useState<string>()
  const commit = () => {
    const wrong = hostsError(text)
    setError(wrong)
    if (wrong === undefined) onChange(parseHosts(text))
  }
  return (
    <div className="options-field">
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="options-hint">
        {hint}
      </p>
      <textarea
        id={id}
        rows={3}
        spellCheck={false}
        value={text}
        placeholder="*.example.com"
        aria-describedby={`${id}-hint ${id}-error`}
        aria-invalid={error !== undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
      />
      <p id={`${id}-error`} className="options-error" role="alert">
        {error}
      </p>
    </div>
  )
}

type Endpoint = Settings['extraEndpoints'][number]

const kindNames = { authorization: 'Authorization endpoint', token: 'Token endpoint' } as const

const Endpoints = ({
  endpoints,
  onChange,
}: {
  endpoints: readonly Endpoint[]
  onChange: (endpoints: readonly Endpoint[]) => void
}) => {
  const id = useId()
  const [url, setUrl] = useState('')
  const [kind, setKind] = useState<Endpoint['kind']>('token')
  const [error, setError] = useState<string>()
  const add = () => {
    const wrong = endpointError(url.trim())
    setError(wrong)
    if (wrong !== undefined) return
    onChange(withEndpoint(endpoints, { url: url.trim(), kind }))
    setUrl('')
  }
  return (
    <form
      className="options-field"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <label htmlFor={id}>Endpoints that do not look like any</label>
      <p id={`${id}-hint`} className="options-hint">
        Loginscope recognises endpoints by metadata and by what is sent to them. Name here those it misses.
      </p>
      {endpoints.length > 0 ? (
        <ul className="options-endpoints">
          {endpoints.map((endpoint) => (
            <li key={endpoint.url}>
              <code>{endpoint.url}</code>
              <span>{kindNames[endpoint.kind]}</span>
              <IconButton
                icon="clear"
                label={`Remove ${endpoint.url}`}
                onClick={() => onChange(withoutEndpoint(endpoints, endpoint))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="options-row">
        <input
          id={id}
          type="text"
          inputMode="url"
          spellCheck={false}
          placeholder="https://login.example.com/oauth/token"
          value={url}
          aria-describedby={`${id}-hint ${id}-error`}
          aria-invalid={error !== undefined}
          onChange={(event) => setUrl(event.target.value)}
        />
        <select aria-label="Kind" value={kind} onChange={(event) => setKind(event.target.value as Endpoint['kind'])}>
          <option value="authorization">{kindNames.authorization}</option>
          <option value="token">{kindNames.token}</option>
        </select>
        <Button type="submit">Add</Button>
      </div>
      <p id={`${id}-error`} className="options-error" role="alert">
        {error}
      </p>
    </form>
  )
}

interface CheckProps {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

const Check = ({ label, hint, checked, onChange }: CheckProps) => {
  const id = useId()
  return (
    <div className="options-check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <p id={`${id}-hint`} className="options-hint">
        {hint}
      </p>
    </div>
  )
}

interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly hint?: string
  readonly value: Value
  readonly choices: Readonly<Record<Value, string>>
  readonly onChange: (value: Value) => void
}

const Choice = <Value extends string>({ legend, hint, value, choices, onChange }: ChoiceProps<Value>) => {
  const name = useId()
  return (
    <fieldset className="options-choice">
      <legend>{legend}</legend>
      {hint ? <p className="options-hint">{hint}</p> : null}
      {(Object.entries(choices) as [Value, string][]).map(([choice, label]) => (
        <label key={choice}>
          <input type="radio" name={name} checked={choice === value} onChange={() => onChange(choice)} />
          {label}
        </label>
      ))}
    </fieldset>
  )
}

export const Options = ({ initial, save, requestNotifications }: OptionsProps) => {
  const [settings, setSettings] = useState(initial)
  const [message, setMessage] = useState('')
  const change = async (part: Partial<Settings>) => {
    try {
      setSettings(await save(part))
      setMessage('Saved')
    } catch (error) {
      setMessage(`Not saved: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const put = (part: Partial<Settings>) => void change(part)
  const setNotify = async (wanted: boolean) => {
    if (wanted && !(await requestNotifications())) return setMessage('Not saved: notifications were not allowed')
    await change({ notifyOnFailure: wanted })
  }
  return (
    <main className="options">
      <header className="options-header">
        <img src="/icons/48.png" alt="" width={36} height={36} />
        <h1>Loginscope options</h1>
        <p role="status">{message}</p>
      </header>
      <Section title="What is recorded">
        <Hosts
          label="Record only these hosts"
          hint="One a line; empty means all. Name the authorization server too: a login is explained from both sides."
          hosts={settings.recordOnly}
          onChange={(recordOnly) => put({ recordOnly })}
        />
        <Hosts
          label="Never record these hosts"
          hint="One a line. *.example.com stands for the host and everything below it."
          hosts={settings.ignore}
          onChange={(ignore) => put({ ignore })}
        />
        <Endpoints endpoints={settings.extraEndpoints} onChange={(extraEndpoints) => put({ extraEndpoints })} />
      </Section>
      <Section title="Privacy">
        <p className="options-hint">
          The recording stays in the memory of this browser and is gone when it closes. Nothing is sent anywhere.
          Passwords and other form fields that no login protocol knows are never recorded. Exports are redacted.
        </p>
        <Check
          label="Keep personal data in redacted exports"
          hint="Names, e-mail addresses and the like stay readable. Codes, tokens, cookies and secrets are replaced all the same."
          checked={settings.keepPersonalData}
          onChange={(keepPersonalData) => put({ keepPersonalData })}
        />
        <Choice
          legend="Remember the last login that worked, to compare with one that fails"
          hint="Without its secrets: the last one of each client and authorization server."
          value={settings.rememberGoodLogins}
          choices={{ session: 'Until the browser closes', disk: 'On this disk', never: 'Never' }}
          onChange={(rememberGoodLogins) => put({ rememberGoodLogins })}
        />
      </Section>
      <Section title="Notifications">
        <Check
          label="Notify me when a login fails"
          hint="Off: the badge on the toolbar button counts the failed logins of the tab."
          checked={settings.notifyOnFailure}
          onChange={(wanted) => void setNotify(wanted)}
        />
      </Section>
      <Section title="Appearance">
        <Choice
          legend="Theme"
          value={settings.theme}
          choices={{ auto: 'As the browser', light: 'Light', dark: 'Dark' }}
          onChange={(theme) => put({ theme })}
        />
        <Choice
          legend="Density of the panel"
          value={settings.density}
          choices={{ compact: 'Compact', comfortable: 'Comfortable' }}
          onChange={(density) => put({ density })}
        />
      </Section>
    </main>
  )
}
