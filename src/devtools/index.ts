import browser from 'webextension-polyfill'

void browser.devtools.panels.create('Loginscope', '/icons/32.png', '/src/panel/index.html')
