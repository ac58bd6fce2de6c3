import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import browser from 'webextension-polyfill'
import { portChannel } from '../messaging/channel'
import { connect } from '../messaging/connection'
import { portName } from '../messaging/wire'
import { applyPageTheme } from '../ui/page-theme'
import { Options } from './options'
import '../ui/tokens.css'
import '../ui/base.css'

const connection = connect(() => portChannel(browser.runtime.connect({ name: portName({ role: 'options' }) })))
const settings = await connection.call('settings.read', null)
applyPageTheme(settings.theme, 'comfortable')

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Options
        initial={settings}
        save={async (change) => {
          const saved = await connection.call('settings.write', change)
          applyPageTheme(saved.theme, 'comfortable')
          return saved
        }}
        // Must be called from the click itself: browsers ask the user only then.
        requestNotifications={() => browser.permissions.request({ permissions: ['notifications'] })}
      />
    </StrictMode>,
  )
