/** The page's behaviour. Plain browser script: it is sent as it stands here. */
export const backOfficeScript = `
const message = document.getElementById('message')
async function call(method, route, body) {
  const answer = await fetch('/_sandbox/' + route, { method, body: body && JSON.stringify(body) })
  const text = await answer.text()
  if (!answer.ok) { message.textContent = text; return }
  return text === '' ? {} : JSON.parse(text)
}
const filled = (form) =>
  Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
const parsed = (text) => (text === undefined ? {} : JSON.parse(text))
async function act(work) {
  try { if (await work() !== undefined) location.reload() }
  catch (error) { message.textContent = String(error) }
}
const submits = {
  put: (form) => call('PUT', form.dataset.put, filled(form)),
  order: (form) => {
    const { extra, ...order } = filled(form)
    return call('POST', 'orders', { ...order, ...parsed(extra) })
  },
  bulk: (form) => {
    const { count, ...dates } = filled(form)
    return call('POST', 'orders/bulk', { count: Number(count), ...dates })
  },
  fault: (form) => {
    const { fault, path, times } = filled(form)
    return call('POST', 'faults', { fault, times: Number(times), ...(path && { match: { path } }) })
  },
  switches: (form) => call('PUT', 'switches', parsed(filled(form).change)),
}
document.addEventListener('submit', (event) => {
  event.preventDefault()
  const kind = Object.keys(submits).find((name) => name in event.target.dataset)
  act(() => submits[kind](event.target))
})
document.addEventListener('change', ({ target }) => {
  if (!target.dataset.status) return
  act(() => call('POST', 'orders/change', { id: Number(target.dataset.status), status: target.value }))
})
document.addEventListener('click', ({ target }) => {
  const { post, change, credit, clearFaults } = target.dataset
  if (change) act(() => call('POST', 'orders/change', JSON.parse(change)))
  if (credit) act(() => call('POST', 'orders/credit', { orderId: Number(credit) }))
  if (clearFaults !== undefined) act(() => call('DELETE', 'faults'))
  if (post === 'install') {
    act(async () => {
      const result = await call('POST', 'install', {})
      if (result) location.href = result.installUrl
    })
  } else if (post) {
    act(async () => {
      const result = await call('POST', post, {})
      if (result) message.textContent = JSON.stringify(result, null, 2)
    })
  }
})
`
