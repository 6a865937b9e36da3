// Seals a message as an envelope profile says: ephemeral ECDH on P-256, HKDF, AES-GCM. Of everything
// that a profile leaves open, the first choice is taken.
'use strict'

const sealing = (() => {
  const TAG = 16
  const CURVE = { name: 'ECDH', namedCurve: 'P-256' }
  const MAX_KEY_TEXT = 4096

  // The key that stands in the page's address: standard base64 of an SPKI.
  async function publicKey(text) {
    if (text.length > MAX_KEY_TEXT || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) {
      throw new Error('not base64')
    }
    const spki = Uint8Array.from(atob(text), char => char.charCodeAt(0))
    return crypto.subtle.importKey('spki', spki, CURVE, true, [])
  }

  // What postMessage is told of whom the message is for, or null if the text is no origin. Schemes
  // of apps have no origin by the standard, so those are handed on as they are.
  function target(text) {
    if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#@\\\s]+$/i.test(text)) return null
    try {
      const { origin } = new URL(text)
      return origin === 'null' ? text : origin
    } catch {
      return null
    }
  }

  // The message for `theirs`, as an object.
  async function seal(profile, theirs, plaintext) {
    const ours = await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])
    const envelope = new Envelope(profile)
    const form = profile.ephemeralKey.forms[0]
    const iv = random(profile.iv.length)
    const prepended = profile.iv.field === 'prepended'
    const appended = profile.tag.field === 'appended'
    // Before the salts and the like, which may be made of them.
    if (form === 'jwk') {
      envelope.put(profile.ephemeralKey.field, await crypto.subtle.exportKey('jwk', ours.publicKey))
    } else {
      envelope.putBytes(profile.ephemeralKey.field, await keyBytes(ours.publicKey, form))
    }
    if (!prepended) envelope.putBytes(profile.iv.field, iv)

    const keys = { ephemeralKey: ours.publicKey, ownKey: theirs }
    const salt = await composed(profile.hkdf.salt, keys, envelope)
    const info = await composed(profile.hkdf.info, keys, envelope)
    const additionalData = await composed(profile.cipher.aad, keys, envelope)
    const secret = await crypto.subtle.deriveBits(
      { name: 'ECDH', public: theirs }, ours.privateKey, 256)
    const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
    const key = await crypto.subtle.deriveKey(
      { name: 'HKDF', hash: profile.hkdf.hash, salt, info }, base,
      { name: 'AES-GCM', length: profile.cipher.keyBits }, false, ['encrypt'])
    const cipher = { name: 'AES-GCM', iv, additionalData, tagLength: 8 * TAG }
    const bytes = new TextEncoder().encode(plaintext)
    const sealed = new Uint8Array(await crypto.subtle.encrypt(cipher, key, bytes))

    const end = sealed.length - TAG
    if (!appended) envelope.putBytes(profile.tag.field, sealed.subarray(end))
    const data = appended ? sealed : sealed.subarray(0, end)
    envelope.putBytes(profile.data.field, prepended ? joined([iv, data]) : data)
    return envelope.within(profile.within[0])
  }

  // The fields of a message, each under the first of its names that is still free.
  class Envelope {
    constructor(profile) {
      this.encoding = profile.encodings[0]
      const { data, tag } = profile
      this.later = tag.field === 'appended' ? [data.field[0]] : [data.field[0], tag.field[0]]
      this.fields = Object.create(null)
      this.sent = new Map()
    }

    put(names, value) {
      if (!names.some(name => put(this.fields, name.split('.'), value))) {
        throw new Error(`no place is left for ${names[0]}`)
      }
    }

    putBytes(names, bytes) {
      const field = { bytes, text: written(bytes, this.encoding) }
      this.put(names, field.text)
      this.sent.set(names[0], field)
      return field
    }

    // A field that a salt or the like is made of; random bytes if it has no other use.
    part(names) {
      if (this.later.includes(names[0])) throw new Error(`${names[0]} is known only after sealing`)
      return this.sent.get(names[0]) ?? this.putBytes(names, random(16))
    }

    within(path) {
      if (path === '') return this.fields
      const message = Object.create(null)
      put(message, path.split('.'), this.fields)
      return message
    }
  }

  // Objects have no prototype, so that no name means anything else than itself.
  function put(object, names, value) {
    const last = names[names.length - 1]
    for (const name of names.slice(0, -1)) {
      if (!(name in object)) object[name] = Object.create(null)
      object = object[name]
      if (typeof object !== 'object') return false
    }
    if (last in object) return false
    object[last] = value
    return true
  }

  async function composed(parts, keys, envelope) {
    const pieces = []
    for (const part of parts) {
      const [kind, value] = Object.entries(part)[0]
      pieces.push(await piece(kind, value, keys, envelope))
    }
    return joined(pieces)
  }

  async function piece(kind, value, keys, envelope) {
    switch (kind) {
      case 'text': return new TextEncoder().encode(value)
      case 'hex': return Uint8Array.from(value.match(/../g) ?? [], pair => parseInt(pair, 16))
      case 'zeros': return new Uint8Array(value)
      case 'field': return envelope.part(value).bytes
      case 'fieldText': return new TextEncoder().encode(envelope.part(value).text)
      case 'ephemeralKey':
      case 'ownKey': return keyBytes(keys[kind], value)
      default: throw new Error(`a part of kind ${kind} is not known`)
    }
  }

  async function keyBytes(key, form) {
    return new Uint8Array(await crypto.subtle.exportKey(form === 'spki' ? 'spki' : 'raw', key))
  }

  function written(bytes, encoding) {
    if (encoding === 'hex') {
      return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
    }
    const base64 = btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))
    if (encoding === 'base64') return base64
    return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
  }

  function joined(pieces) {
    const all = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
    let at = 0
    for (const piece of pieces) {
      all.set(piece, at)
      at += piece.length
    }
    return all
  }

  function random(length) {
    return crypto.getRandomValues(new Uint8Array(length))
  }

  return { publicKey, target, seal }
})()
