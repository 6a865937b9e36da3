// Sends the answers, then the sealed messages if the page is inside another one, then goes on.
'use strict'

{
  const SETTLE_MS = 300
  // What would run here or open a file instead of leading elsewhere.
  const NOWHERE = ['about:', 'blob:', 'data:', 'file:', 'filesystem:', 'javascript:', 'vbscript:']
  const UNSURE = 'Load this page again to see whether the answers arrived.'

  const form = document.querySelector('form')
  const button = form.querySelector('button')
  const said = document.getElementById('said')
  const session = readSession()
  session.then(({ words }) => { document.getElementById('session').textContent = words })
  form.addEventListener('submit', event => {
    event.preventDefault()
    answer()
  })

  async function answer() {
    button.disabled = true
    say('Sending …')
    let reply
    try {
      reply = await send(chosen())
    } catch (problem) {
      say(problem.message)
      button.disabled = false
      return
    }
    form.hidden = true
    const lines = ['The answers are stored on this computer.']
    const posted = await post(reply.messages, lines)
    const to = destination(reply.redirect)
    if (reply.redirect === null) {
      lines.push('You can close this page.')
    } else if (to === null) {
      lines.push(`The request leads on to ${reply.redirect}, which no page may open.`)
      lines.push('You can close this page.')
    } else {
      lines.push(`Going on to ${to}. If nothing happens, you can close this page.`)
    }
    say(...lines)
    said.focus()
    if (to === null) return
    if (posted) await new Promise(done => setTimeout(done, SETTLE_MS))
    location.assign(to)
  }

  function chosen() {
    const is = (name, value) => form.elements[name].value === value
    const accepted = Array.from({ length: Number(form.dataset.credentials) },
      (_, at) => is(`credential-${at}`, 'accept'))
    const identified = form.elements.identity === undefined ? null : is('identity', 'pass')
    return { accepted, identified }
  }

  async function send(answers) {
    let response
    try {
      response = await fetch(form.dataset.to, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(answers),
      })
    } catch {
      throw new Error(`The practice server did not answer. ${UNSURE}`)
    }
    const reply = await response.json().catch(() => null)
    if (response.ok && reply !== null) return reply
    if (typeof reply?.message === 'string') throw new Error(reply.message)
    throw new Error(`The practice server's reply (${response.status}) cannot be read. ${UNSURE}`)
  }

  // Whom to seal for and whom to post to, and words about it.
  async function readSession() {
    const query = new URLSearchParams(location.search)
    const key = query.get('pubKey')
    const origin = query.get('postMessageOrigin')
    if (key === null && origin === null) return { words: '' }
    const none = why => ({
      words: `${why} So no message will be posted; the answers are stored all the same.`,
    })
    const to = sealing.target(origin ?? '')
    if (to === null) {
      return none('postMessageOrigin in the address of this page is not an origin, ' +
        'such as https://app.example.com.')
    }
    if (!crypto.subtle) return none('This browser has no cryptography for pages like this one.')
    let theirs
    try {
      theirs = await sealing.publicKey(key ?? '')
    } catch {
      return none('pubKey in the address of this page is not a P-256 public key in base64.')
    }
    if (window.parent === window) return none('This page is not inside another one.')
    const words = `The answers will also be posted, sealed, to the page around this one (${to}).`
    return { words, theirs, to }
  }

  async function post(messages, lines) {
    const { theirs, to } = await session
    if (to === undefined) return false
    try {
      const profile = JSON.parse(form.dataset.profile)
      const sealed = await Promise.all(messages.map(text => sealing.seal(profile, theirs, text)))
      for (const message of sealed) window.parent.postMessage(message, to)
      lines.push(`Sealed messages posted to ${to}: ${sealed.length}.`)
      return true
    } catch (problem) {
      lines.push(`No message could be sealed or posted: ${problem.message}.`)
      return false
    }
  }

  function destination(text) {
    try {
      const url = new URL(text)
      return NOWHERE.includes(url.protocol) ? null : url.href
    } catch {
      return null
    }
  }

  function say(...lines) {
    said.replaceChildren(...lines.map(line => {
      const paragraph = document.createElement('p')
      paragraph.textContent = line
      return paragraph
    }))
  }
}
