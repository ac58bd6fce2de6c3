import express, { type Express } from 'express'
import { htmlPage, outcomePage } from './html'
import type { Origins } from './origins'

/** A plain web shop without any sign-in, whose pages merely look a little like one on the wire. */
export function createShop(origins: Origins): Express {
  const shop = express()
  shop.disable('x-powered-by')
  shop.get('/', (_request, response) => {
    response.send(outcomePage('Shop', 'Coupon applied for California'))
  })
  shop.get('/newsletter', (_request, response) => {
    response.send(
      htmlPage({
        title: 'Newsletter',
        body: `<h1>Newsletter</h1>
<form method="post" action="/newsletter">
<input type="hidden" name="token" value="b1946ac92492d2347c6235b4d2611184">
<label>E-mail <input name="email" type="email" value="ada@example.org"></label>
<button class="primary">Subscribe</button>
</form>`,
      }),
    )
  })
  shop.post('/newsletter', (_request, response) => {
    response.send(outcomePage('Newsletter', 'Subscribed'))
  })
  shop.get('/warehouse', (_request, response) => {
    response.send(
      htmlPage({
        title: 'Warehouse',
        body: `<h1>Warehouse</h1>
<p role="status">Asking the warehouse …</p>
<script type="module">
const answer = await fetch('${origins.api}/basic/orders', { credentials: 'omit' })
document.querySelector('[role=status]').textContent = 'The warehouse answered ' + answer.status
document.documentElement.setAttribute('data-scenario-ended', '')
</script>`,
      }),
    )
  })
  return shop
}
