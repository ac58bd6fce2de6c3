import browser from 'webextension-polyfill'
import { type DevtoolsRequest, captureDevtoolsNetwork } from '../capture/devtools-network'
import { portChannel } from '../messaging/channel'
import { connect } from '../messaging/connection'
import { portName } from '../messaging/wire'

void browser.devtools.panels.create('Loginscope', '/icons/32.png', '/src/panel/index.html')

const { tabId } = browser.devtools.inspectedWindow
const connection = connect(() => portChannel(browser.runtime.connect({ name: portName({ role: 'devtools', tabId }) })))

/** The callback API of both browsers; the polyfill has no `getResources`. */
const { network, inspectedWindow } = chrome.devtools

captureDevtoolsNetwork(
  (listener) => network.onRequestFinished.addListener((request) => listener(request as unknown as DevtoolsRequest)),
  {
    getResources: (callback) =>
      // Firefox has no such call; there the bodies come through the request filter of the background.
      'getResources' in inspectedWindow ? inspectedWindow.getResources(callback) : callback([]),
  },
  (entryId, entry) => {
    // An entry that cannot be delivered is lost for good, and the recording says nothing of its body: nothing to do here.
    connection.call('devtools.entry', { tabId, entryId, entry }).catch(() => undefined)
  },
)
