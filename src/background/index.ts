import browser from 'webextension-polyfill'

browser.webRequest.onCompleted.addListener(() => undefined, { urls: ['<all_urls>'] })
