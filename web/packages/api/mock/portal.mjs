// The routes of the contract that the portal calls. Each: method, path, whether one must be signed in, what
// it answers.
import * as item from './item.mjs'
import {
  draft_of,
  drafts_of,
  ask_data,
  look_ups,
  open_draft,
  reasons_of,
  save_draft,
  shown,
  wrong_of,
} from './drafts.mjs'
import { confirm, confirmation, looks, my_code, my_consents, my_firms, withdraw_consent } from './mine.mjs'
import { items } from './more-items.mjs'
import { halls, masked_id, masked_phone, password, regions, residents, site } from './region.mjs'
import { iso, now, ruler, today } from './time.mjs'
import { Refusal, case_materials, lives, make_case, new_id, world } from './world.mjs'

const not_found = (code) => new Refusal(404, code)
const idle_minutes = 20

function me_of(session) {
  const person = session?.person
  if (!person) return { signed_in: false, csrf: 'mock-csrf' }
  return {
    signed_in: true,
    csrf: 'mock-csrf',
    kind: 'resident',
    name: person.name,
    masked_id_number: masked_id(person.id_number),
    masked_phone: masked_phone(person.phone),
    real_name_level: person.level,
    region: person.region,
    ends_at: iso(new Date(now().getTime() + idle_minutes * 60_000)),
  }
}

function sign_in({ body, set_session }) {
  const tried = world.attempts.get(body.account) ?? 0
  if (tried >= 5) throw new Refusal(429, 'account_is_locked', '', { retry_after: 900 })
  const person = residents.find(
    (one) => one.phone === body.account || one.id_number === body.account.toUpperCase(),
  )
  if (!person || body.password !== password || body.audience !== 'resident') {
    world.attempts.set(body.account, tried + 1)
    throw new Refusal(401, 'account_or_password_is_wrong', '', { attempts_left: 4 - tried })
  }
  world.attempts.delete(body.account)
  return me_of(set_session(person))
}

const shown_message = ({ owner: _, ...rest }) => rest

function submit({ body, person, params }) {
  const draft = draft_of(person, params.id)
  if (body.version !== draft.version) throw new Refusal(409, 'draft_changed_meanwhile')
  const wrong = wrong_of(draft)
  if (wrong.length) throw new Refusal(422, 'application_is_incomplete', '', { fields: wrong })
  if (body.declaration.hash !== item.declaration.hash)
    throw new Refusal(409, 'text_is_not_the_present_version')
  const no = `990102${today().replaceAll('-', '')}${String(600 + world.cases.size).padStart(6, '0')}M`
  const view = shown(draft)
  const at_once = view.instant?.possible === true && !body.by_person
  const brought = draft.materials.some((one) => one.way === 'window')
  const reasons = reasons_of(draft, look_ups(draft))
  if (body.by_person) reasons.push({ key: 'by_person', words: '您请工作人员来定', result: 'no' })
  make_case(person, no, at_once ? 'at_once' : brought ? 'submitted' : 'received', {
    item: draft.item,
    answers: draft.answers,
    locked: view.locked,
    materials: draft.materials,
    region: draft.region,
    query_code: '730518',
    data_sources: view.data.sources,
    burden: view.burden,
    ...(view.instant ? { decided: { at_once, reasons } } : {}),
  })
  world.drafts.delete(draft.id)
  return [201, receipt_of(case_of(person, no))]
}

function case_of(person, no) {
  const found = world.cases.get(no)
  if (!found || found.owner !== person.id_number) throw not_found('case_is_unknown')
  return found
}
const case_shown = ({ owner: _, body: __, ...rest }) => rest

function receipt_of(found) {
  return {
    case_no: found.case_no,
    query_code: found.query_code,
    item_name: found.item_name,
    body_name: found.body.name,
    applicant: found.holder,
    received_at: found.received_at,
    accept_by: { day: ruler(found.received_at.slice(0, 10), 5).at(-1).day, provisional: false },
    promise_text: '受理后2个工作日内办完',
    materials: found.materials.map(({ name, way_text }) => ({ name, way_text })),
    letter: 'receipt',
    ...(found.decided ? { decided: found.decided } : {}),
  }
}

function my_cases({ person }) {
  const rows = [...world.cases.values()]
    .filter((one) => one.owner === person.id_number)
    .map((one) => ({
      case_no: one.case_no,
      item_name: one.item_name,
      state: one.state,
      sentence: one.sentence,
      changed_at: one.timeline.findLast((step) => step.at)?.at ?? one.received_at,
      lamp: one.clock.lamp,
      ...(one.state === 'correction' ? { act: 'correct' } : one.licence ? { act: 'download' } : {}),
    }))
  return {
    waiting: rows.filter((one) => one.act === 'correct'),
    open: rows.filter((one) => ['submitted', 'received', 'accepted', 'approved'].includes(one.state)),
    done: rows.filter((one) => ['concluded', 'denied', 'not_accepted', 'withdrawn'].includes(one.state)),
  }
}

function current(found, version) {
  if (version !== found.version) throw new Refusal(409, 'case_changed_meanwhile')
  found.version++
}

function answer_correction({ body, person, params }) {
  const found = case_of(person, params.no)
  if (!found.correction) throw new Refusal(409, 'case_awaits_no_correction')
  const open = found.correction.gaps.filter(({ key }) =>
    key.startsWith('field:')
      ? !body.answers[key.slice(6)]
      : !body.materials.some(
          (one) => `material:${one.key}` === key && (one.way === 'promise' || one.files?.length),
        ),
  )
  if (open.length)
    throw new Refusal(422, 'gap_is_not_answered', '', {
      fields: open.map(({ key }) => ({
        path: key.startsWith('field:') ? `/answers/${key.slice(6)}` : `/materials/${key.slice(9)}`,
        code: 'gap_is_not_answered',
      })),
    })
  current(found, body.version)
  for (const row of found.answers.flatMap((page) => page.rows)) {
    if (body.answers[row.key] !== undefined)
      Object.assign(row, { earlier: row.value, value: body.answers[row.key] })
  }
  for (const one of case_materials(body.materials)) {
    const kept = found.materials.find((each) => each.key === one.key)
    Object.assign(kept, one, { files: [...kept.files, ...one.files.map((file) => ({ ...file, round: 2 }))] })
  }
  const asked = found.timeline.find((one) => one.what === '要您补正')
  delete found.correction
  Object.assign(found, lives.received(found, today()))
  found.timeline.splice(
    1,
    0,
    { ...asked, state: 'done' },
    { what: '您补正了', state: 'done', at: iso(), who: '网上' },
  )
  return case_shown(found)
}

function withdraw({ body, person, params }) {
  const found = case_of(person, params.no)
  if (!found.may_withdraw) throw new Refusal(409, 'case_already_decided')
  current(found, body.version)
  delete found.correction
  Object.assign(found, lives.withdrawn(found))
  return case_shown(found)
}

function attempts(key) {
  const tried = (world.attempts.get(key) ?? 0) + 1
  world.attempts.set(key, tried)
  if (tried > 12) throw new Refusal(429, 'too_many_attempts', '', { retry_after: 600 })
}

function progress({ body }) {
  attempts(`progress ${body.case_no}`)
  const found = world.cases.get(body.case_no.trim().toUpperCase())
  if (!found || found.query_code !== body.query_code.trim()) throw not_found('case_or_code_is_wrong')
  const { case_no, item_name, state, sentence } = found
  return {
    case_no,
    item_name,
    state,
    sentence,
    clock: found.clock,
    timeline: found.timeline.map(({ letter: _, letter_title: __, ...rest }) => rest),
  }
}

const qr = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 29 29"><path fill="#fff" d="M0 0h29v29H0z"/>${[
    ...Array(21 * 21).keys(),
  ]
    .filter((n) => (n * 7919) % 5 < 2)
    .map((n) => `<path d="M${4 + (n % 21)} ${4 + Math.floor(n / 21)}h1v1h-1z"/>`)
    .join('')}</svg>`,
)}`
function licence_of(person, id) {
  const found = world.licences.get(id)
  if (!found || found.owner !== person.id_number) throw not_found('licence_is_unknown')
  return found
}
function my_licence({ person, params }) {
  const { card, face, code, token, history, case_no } = licence_of(person, params.id)
  return {
    card,
    face,
    code,
    verify_url: `https://${site.address}/v/${token}`,
    qr_svg: qr,
    history,
    ...(case_no ? { case_no } : {}),
  }
}

function verification(found) {
  if (!found) return { result: 'not_found', checked_at: iso() }
  const { type_name, number, issuer, issued_on, valid_until, state } = found.card
  const base = { result: state, checked_at: iso(), token: found.token, type_name, number, issuer }
  if (state === 'revoked') return { ...base, revoked: found.revoked }
  found.history.push({ at: iso(), what: 'verified' })
  return { ...base, issued_on, ...(valid_until ? { valid_until } : {}), face: found.shown }
}
const verify_token = ({ params }) =>
  verification([...world.licences.values()].find((one) => one.token === params.token))
function verify_number({ body }) {
  attempts(`verify ${body.number}`)
  const code = body.code.replace(/[\s-]/g, '').toUpperCase()
  return verification(
    [...world.licences.values()].find((one) => one.card.number === body.number.trim() && one.code === code),
  )
}

/** The mock tells files apart by their first word, for it issues none. */
function verify_file({ parts }) {
  const text = parts.file?.bytes.toString('latin1') ?? ''
  const result = text.includes('tongban-mock-altered')
    ? 'altered'
    : text.includes('tongban-mock-licence')
      ? 'same'
      : 'not_ours'
  const steps =
    result === 'not_ours'
      ? []
      : [
          ['bytes_are_as_issued', result === 'same'],
          ['seal_covers_whole_file', result === 'same'],
          ['content_is_unchanged', result === 'same'],
          ['signature_is_right', true],
          ['certificate_is_trusted', true],
          ['not_revoked', true],
        ].map(([name, passed]) => ({ name, passed }))
  return {
    result,
    checked_at: iso(),
    steps,
    ...(result === 'not_ours' ? {} : { licence: verification(world.licences.get('licence-1')) }),
  }
}

const refused_by_name = {
  'empty.pdf': 'file_is_empty',
  'locked.pdf': 'pdf_is_encrypted',
  'script.pdf': 'pdf_has_active_content',
  'long.pdf': 'pdf_has_too_many_pages',
  'broken.jpg': 'file_is_damaged',
}
function upload({ parts, person }) {
  const file = parts.file
  if (!file) throw new Refusal(422, 'file_is_empty')
  if (refused_by_name[file.name]) throw new Refusal(422, refused_by_name[file.name])
  if (file.bytes.length === 0) throw new Refusal(422, 'file_is_empty')
  if (file.bytes.length > 10_485_760) throw new Refusal(413, 'file_is_too_large')
  const kind = { pdf: 'pdf', jpg: 'jpeg', jpeg: 'jpeg', png: 'png' }[file.name.split('.').pop().toLowerCase()]
  if (!kind) throw new Refusal(415, 'file_kind_is_not_accepted')
  const id = new_id()
  world.uploads.set(id, { owner: person.id_number, bytes: file.bytes, kind })
  return [201, { id, name: file.name, kind, size: file.bytes.length, pages: 1 }]
}

const types = { pdf: 'application/pdf', jpeg: 'image/jpeg', png: 'image/png' }
const page_of = (title) => ({
  type: 'application/pdf',
  bytes: Buffer.from(
    `%PDF-1.4\n% tongban-mock-licence ${title}\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj ` +
      '2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
  ),
})
function uploaded({ params, person }) {
  const found = world.uploads.get(params.id)
  if (!found || found.owner !== person.id_number) throw not_found('file_is_unknown')
  return { type: types[found.kind], bytes: found.bytes }
}
function case_file({ params, person }) {
  case_of(person, params.no)
  const found = world.uploads.get(params.file)
  return found ? { type: types[found.kind], bytes: found.bytes } : page_of(params.file)
}

const mine_messages = (person) =>
  world.messages.filter((one) => one.owner === person.id_number).map(shown_message)
function messages({ person }) {
  const all = mine_messages(person)
  return { unread: all.filter((one) => !one.read).length, messages: all }
}
function mark_read({ params }) {
  const found = world.messages.find((one) => one.id === params.id)
  if (found) found.read = true
  return [204, null]
}

/** The guide of another item: its own facts over those of the certificate of kinship. */
function guide_of(other, region) {
  const found = items.get(other.code)
  return {
    ...item.guide(region),
    code: other.code,
    name: other.name,
    summary: item.search('').hits.find((one) => one.code === other.code)?.summary ?? '',
    audience: other.applicant === 'organisation' ? 'organisation' : 'person',
    applicant: other.applicant ?? 'person',
    instant: other.instant !== undefined,
    data: found.asks,
    minutes: other.minutes,
    kind: other.instant ? 'instant' : 'promised',
    result_name: other.name,
    conditions: ['在示例市办理'],
    materials: found.materials.map(({ key, name, note, necessity, ways, waived_because }) => ({
      key,
      name,
      way: ways[0],
      necessity,
      note: waived_because ?? note,
    })),
    faq: [],
    note: '',
  }
}

const anyone = 'anyone'
const resident = 'resident'
export const portal_routes = [
  ['GET', '/api/org/site', anyone, () => ({ ...site, now: iso(), today: today() })],
  ['GET', '/api/org/regions', anyone, () => ({ regions })],
  ['GET', '/api/org/halls', anyone, () => ({ halls })],
  ['POST', '/api/identity/sign-in', anyone, sign_in],
  [
    'POST',
    '/api/identity/sign-out',
    anyone,
    ({ drop_session }) => {
      drop_session()
      return [204, null]
    },
  ],
  ['GET', '/api/identity/me', anyone, ({ session }) => me_of(session)],
  ['GET', '/api/catalog/home', anyone, () => item.home],
  ['GET', '/api/catalog/search', anyone, ({ query }) => item.search(query.get('q'))],
  [
    'GET',
    '/api/catalog/items/:code',
    anyone,
    ({ params, query }) => {
      if (params.code === item.code) return item.guide(query.get('region'))
      const more = items.get(params.code)
      if (more) return guide_of(more, query.get('region'))
      const other = item.search('').hits.find((one) => one.code === params.code)
      if (!other) throw not_found('item_is_unknown')
      return {
        ...item.guide(query.get('region')),
        code: other.code,
        name: other.name,
        summary: other.summary,
        available: false,
      }
    },
  ],
  [
    'GET',
    '/api/catalog/items/:code/application',
    anyone,
    ({ params }) => {
      const asked = items.get(params.code)
      if (!asked) throw not_found('item_is_unknown')
      const { code, name, version, minutes, notice, declaration, form, materials, collection } = asked
      return { code, name, version, minutes, notice, declaration, form, materials, collection }
    },
  ],
  ['POST', '/api/files/uploads', resident, upload],
  ['GET', '/api/files/uploads/:id', resident, uploaded],
  [
    'DELETE',
    '/api/files/uploads/:id',
    resident,
    ({ params }) => {
      world.uploads.delete(params.id)
      return [204, null]
    },
  ],
  ['POST', '/api/cases/drafts', resident, open_draft],
  [
    'GET',
    '/api/cases/drafts',
    resident,
    ({ person }) => ({
      drafts: drafts_of(person).map(({ id, item: of, step, updated_at }) => ({
        id,
        item: of,
        item_name: items.get(of).name,
        step,
        updated_at,
        kept_until: '2027-01-13',
      })),
    }),
  ],
  ['GET', '/api/cases/drafts/:id', resident, ({ person, params }) => shown(draft_of(person, params.id))],
  ['PUT', '/api/cases/drafts/:id', resident, save_draft],
  [
    'DELETE',
    '/api/cases/drafts/:id',
    resident,
    ({ person, params }) => {
      draft_of(person, params.id)
      world.drafts.delete(params.id)
      return [204, null]
    },
  ],
  [
    'POST',
    '/api/cases/drafts/:id/check',
    resident,
    ({ person, params }) => {
      const wrong = wrong_of(draft_of(person, params.id))
      return { ready: wrong.length === 0, wrong }
    },
  ],
  ['POST', '/api/cases/drafts/:id/data', resident, ask_data],
  ['POST', '/api/cases/drafts/:id/submission', resident, submit],
  ['GET', '/api/cases/mine', resident, my_cases],
  ['GET', '/api/cases/mine/:no', resident, ({ person, params }) => case_shown(case_of(person, params.no))],
  [
    'GET',
    '/api/cases/mine/:no/receipt',
    resident,
    ({ person, params }) => receipt_of(case_of(person, params.no)),
  ],
  ['POST', '/api/cases/mine/:no/correction', resident, answer_correction],
  ['POST', '/api/cases/mine/:no/withdrawal', resident, withdraw],
  [
    'GET',
    '/api/cases/mine/:no/letters/:id',
    resident,
    ({ person, params }) => {
      case_of(person, params.no)
      return page_of(params.id)
    },
  ],
  ['GET', '/api/cases/mine/:no/files/:file', resident, case_file],
  ['POST', '/api/cases/progress', anyone, progress],
  [
    'GET',
    '/api/licences/mine',
    resident,
    ({ person }) => ({
      licences: [...world.licences.values()]
        .filter((one) => one.owner === person.id_number)
        .map((one) => one.card),
    }),
  ],
  ['GET', '/api/licences/mine/:id', resident, my_licence],
  [
    'GET',
    '/api/licences/mine/:id/file',
    resident,
    ({ person, params }) => {
      licence_of(person, params.id)
      return page_of(params.id)
    },
  ],
  ['POST', '/api/licences/verification', anyone, verify_number],
  ['GET', '/api/licences/verification/:token', anyone, verify_token],
  ['POST', '/api/licences/verified-file', anyone, verify_file],
  ['GET', '/api/identity/firms', resident, my_firms],
  ['GET', '/api/identity/my-code', resident, my_code],
  ['GET', '/api/identity/consents', resident, my_consents],
  ['POST', '/api/identity/consents/:id/withdrawal', resident, withdraw_consent],
  ['GET', '/api/identity/looks', resident, looks],
  ['GET', '/api/cases/confirmations/:token', anyone, confirmation],
  ['POST', '/api/cases/confirmations/:token', anyone, confirm],
  ['GET', '/api/notify/messages', resident, messages],
  ['POST', '/api/notify/messages/:id/reading', resident, mark_read],
]
