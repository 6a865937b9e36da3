// Seals messages with Node's WebCrypto as each profile says, and writes them to node.json.
// Usage: node seal.mjs

import { readFileSync, writeFileSync } from 'node:fs'
import { webcrypto } from 'node:crypto'

const { subtle } = webcrypto
const here = name => new URL(name, import.meta.url)
const profiles = ['profiles.json', '../../src/envelope/profile/built_in.json']
  .flatMap(name => JSON.parse(readFileSync(here(name), 'utf8')).profiles)
const KEYS = 3
// Node takes no shorter ones; Python's payloads have them.
const MIN_IV = 12

const write = {
  base64: (bytes, pad) => strip(Buffer.from(bytes).toString('base64'), pad),
  base64url: (bytes, pad) => {
    const text = Buffer.from(bytes).toString('base64url')
    return pad ? text.padEnd(Math.ceil(text.length / 4) * 4, '=') : text
  },
  hex: (bytes, pad) => pad ? Buffer.from(bytes).toString('hex') : Buffer.from(bytes).toString('hex').toUpperCase(),
}
const strip = (text, pad) => pad ? text : text.replaceAll('=', '')
const random = length => webcrypto.getRandomValues(new Uint8Array(length))
const curve = { name: 'ECDH', namedCurve: 'P-256' }

const keys = []
for (let i = 0; i < KEYS; i++) keys.push(await subtle.generateKey(curve, true, ['deriveBits']))

function put(object, path, value) {
  const names = path === '' ? [] : path.split('.')
  const last = names.pop()
  for (const name of names) object = object[name] ??= {}
  if (last === undefined) Object.assign(object, value)
  else object[last] = value
}

async function seal(profile, encoding, form, round) {
  const pick = list => list[round % list.length]
  const bytesToText = bytes => write[encoding](bytes, round % 2 === 0)
  const at = round % KEYS
  const ours = keys[at].publicKey
  const theirs = await subtle.generateKey(curve, true, ['deriveBits'])
  const inside = {}
  const sent = new Map()
  const compose = async parts => {
    const pieces = []
    for (const part of parts) {
      const [kind, value] = Object.entries(part)[0]
      if (kind === 'text') pieces.push(Buffer.from(value))
      if (kind === 'hex') pieces.push(Buffer.from(value, 'hex'))
      if (kind === 'zeros') pieces.push(Buffer.alloc(value))
      if (kind === 'ephemeralKey' || kind === 'ownKey') {
        const key = kind === 'ownKey' ? ours : theirs.publicKey
        pieces.push(Buffer.from(await subtle.exportKey(value === 'spki' ? 'spki' : 'raw', key)))
      }
      if (kind === 'field') {
        const known = sent.get(value[0]) ?? random(17)
        if (!sent.has(value[0])) put(inside, pick(value), bytesToText(known))
        sent.set(value[0], known)
        pieces.push(Buffer.from(known))
      }
      if (kind === 'fieldText') {
        put(inside, value[0], `text of ${value[0]} é`)
        pieces.push(Buffer.from(`text of ${value[0]} é`))
      }
    }
    return Buffer.concat(pieces)
  }
  const iv = random(profile.iv.length)
  if (profile.iv.field !== 'prepended') {
    sent.set(profile.iv.field[0], iv)
    put(inside, pick(profile.iv.field), bytesToText(iv))
  }
  const salt = await compose(profile.hkdf.salt)
  const info = await compose(profile.hkdf.info)
  const additionalData = await compose(profile.cipher.aad)
  const secret = await subtle.deriveBits({ name: 'ECDH', public: ours }, theirs.privateKey, 256)
  const base = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey'])
  const key = await subtle.deriveKey(
    { name: 'HKDF', hash: profile.hkdf.hash, salt, info }, base,
    { name: 'AES-GCM', length: profile.cipher.keyBits }, false, ['encrypt'])
  const plaintext = JSON.stringify({ eventType: 'test', message: `Olá from Node, ${profile.name} ${round}` })
  const sealed = Buffer.from(await subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData }, key, Buffer.from(plaintext)))
  let data = sealed
  if (profile.tag.field !== 'appended') {
    put(inside, pick(profile.tag.field), bytesToText(sealed.subarray(-16)))
    data = sealed.subarray(0, -16)
  }
  if (profile.iv.field === 'prepended') data = Buffer.concat([iv, data])
  const free = profile.data.field.filter(name => !(name.split('.')[0] in inside))
  put(inside, free[round % free.length], bytesToText(data))
  put(inside, pick(profile.ephemeralKey.field), await publicKey(theirs.publicKey, form, bytesToText, round))

  const path = pick(profile.within)
  const message = path === '' ? {} : { type: 'result' }
  const texts = [inside, JSON.stringify(inside), bytesToText(Buffer.from(JSON.stringify(inside)))]
  put(message, path, path === '' ? inside : texts[round % 3])
  return { profile: profile.name, key: at, message: JSON.stringify(message), plaintext }
}

async function publicKey(key, form, bytesToText, round) {
  if (form === 'jwk') {
    const jwk = await subtle.exportKey('jwk', key)
    return round % 2 === 0 ? jwk : JSON.stringify(jwk)
  }
  if (form === 'spki') return bytesToText(Buffer.from(await subtle.exportKey('spki', key)))
  const point = Buffer.from(await subtle.exportKey('raw', key))
  if (round % 2 === 0) return bytesToText(point)
  return bytesToText(Buffer.concat([Buffer.from([2 + point[64] % 2]), point.subarray(1, 33)]))
}

const payloads = []
for (const profile of profiles.filter(profile => profile.iv.length >= MIN_IV)) {
  for (const encoding of profile.encodings) {
    for (const form of profile.ephemeralKey.forms) {
      payloads.push(await seal(profile, encoding, form, payloads.length))
    }
  }
}
const pkcs8 = []
for (const key of keys) {
  pkcs8.push(Buffer.from(await subtle.exportKey('pkcs8', key.privateKey)).toString('base64'))
}
const lines = payloads.map(payload => JSON.stringify(payload)).join(',\n')
writeFileSync(here('node.json'), `{"keys": ${JSON.stringify(pkcs8)},\n"payloads": [\n${lines}\n]}\n`)
