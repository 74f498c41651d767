// Drafts of the mock: what is saved, what the sources gave, how each paper stands, what would be decided at once.
import { items } from './more-items.mjs'
import { bodies, firms, masked_id } from './region.mjs'
import { stands } from './sources.mjs'
import { iso, now } from './time.mjs'
import { Refusal, new_id, world } from './world.mjs'

const not_found = (code) => new Refusal(404, code)
const pause = (ms) => new Promise((done) => setTimeout(done, ms))
const patience = 1500

export const drafts_of = (person) =>
  [...world.drafts.values()].filter((one) => one.owner === person.id_number)
export function draft_of(person, id) {
  const draft = world.drafts.get(id)
  if (!draft || draft.owner !== person.id_number) throw not_found('draft_is_unknown')
  return draft
}

export function open_draft({ body, person }) {
  const item = items.get(body.item)
  if (!item) throw new Refusal(422, 'item_is_not_available_here')
  if (person.level < 2) throw new Refusal(403, 'real_name_level_is_too_low')
  const office = bodies.find((one) => one.region === body.region)
  if (!office) throw new Refusal(422, 'item_is_not_available_here')
  const firm = firms.find((one) => one.uscc === body.firm && one.owner === person.id_number)
  if (item.applicant === 'organisation' && !firm) throw new Refusal(422, 'firm_is_not_yours')
  const draft = {
    id: new_id(),
    owner: person.id_number,
    person,
    firm,
    item: item.code,
    asked_at: 0,
    region: office.region,
    region_name: office.region_name,
    body_name: office.name,
    version: 1,
    step: 'notice',
    answers: {},
    materials: [],
    updated_at: iso(),
    open_cases: [...world.cases.values()]
      .filter((one) => one.owner === person.id_number && one.may_withdraw && one.item === item.code)
      .map((one) => one.case_no),
  }
  world.drafts.set(draft.id, draft)
  return [201, shown(draft)]
}

export const look_ups = (draft) =>
  Object.fromEntries(
    items
      .get(draft.item)
      .asks.map((ask) => [ask.key, stands(ask, draft.person, draft.asked_at, now().getTime())]),
  )
const fields_of = (item) => item.form.pages.flatMap((page) => page.fields)

function locked_of(draft, told) {
  const { person, firm } = draft
  const own = {
    'applicant.name': person.name,
    'applicant.id_number': masked_id(person.id_number),
    'firm.name': firm?.name,
    'firm.uscc': firm?.uscc,
  }
  const locked = {}
  for (const field of fields_of(items.get(draft.item))) {
    if (field.locked)
      locked[field.key] = {
        value: own[field.locked],
        source: field.locked.startsWith('firm') ? 'firm' : 'real_name',
        source_name: field.locked.startsWith('firm') ? '企业登记' : '实名信息',
        disputable: false,
      }
    const [key, name] = (field.source ?? '').split('.')
    const value = told[key]?.fields[name]
    if (value !== undefined)
      locked[field.key] = {
        value,
        source: key,
        source_name: `${told[key].provider}${told[key].what}`,
        age_text: told[key].age_text,
        disputable: true,
      }
  }
  return locked
}

function offers_of(draft, told) {
  const item = items.get(draft.item)
  const asked = draft.asked_at > 0
  return item.materials.map((material) => {
    const [chosen, because] = item.offer[material.key]?.(told, asked) ?? [
      material.ways[0],
      material.waived_because ?? '',
    ]
    const ways = material.ways.filter((way) => way !== 'waived' || chosen === 'waived')
    return {
      key: material.key,
      name: material.name,
      ways: [chosen, ...ways.filter((way) => way !== chosen)],
      chosen,
      because,
      ...(chosen === 'licence'
        ? { licence: { id: 'x', number: 'DZ2026-0417', type_name: material.name, issuer: '示例市公安局' } }
        : {}),
    }
  })
}

export function reasons_of(draft, told) {
  const reasons = (items.get(draft.item).instant?.(told) ?? []).map(([key, result, yes, no]) => ({
    key,
    words: result === 'yes' ? yes : no,
    result,
  }))
  if (Object.keys(draft.disputes ?? {}).length)
    reasons.push({ key: 'disputed', words: '您提了纠错，要由工作人员核对', result: 'no' })
  return reasons
}

export function shown(draft) {
  const item = items.get(draft.item)
  const told = look_ups(draft)
  const { owner: _, person, firm, asked_at, consent, ...rest } = draft
  const locked = locked_of(draft, told)
  const offers = offers_of(draft, told)
  const reasons = reasons_of(draft, told)
  const sources = Object.values(told).map(({ fields: __, ...one }) => one)
  const fields = fields_of(item)
  const of = (way) => offers.filter((one) => one.chosen === way).length
  return {
    ...rest,
    item_name: item.name,
    item_version: item.version,
    item_changed: false,
    locked,
    known: {},
    channel: 'online',
    disputes: Object.fromEntries(
      Object.entries(draft.disputes ?? {}).map(([key, one]) => [
        key,
        { ...one, source_value: locked[key]?.value ?? '' },
      ]),
    ),
    prefill: Object.fromEntries(
      fields
        .filter((field) => field.prefill === 'applicant.phone')
        .map((field) => [field.key, { value: person.phone, source_name: '您的账号' }]),
    ),
    data: {
      consent_needed: !consent && item.asks.some((ask) => ask.basis === 'consent'),
      ...(consent ? { consent } : {}),
      text: item.consent,
      asks: item.asks,
      asking: sources.some((one) => one.outcome === 'asking'),
      sources,
    },
    offers,
    ...(item.instant
      ? {
          instant:
            asked_at && reasons.every((one) => one.result === 'yes')
              ? { possible: true, text: '条件都查到了，提交后当场出结果。' }
              : {
                  possible: false,
                  text: `提交后转给工作人员办：${reasons.find((one) => one.result !== 'yes')?.words ?? ''}。`,
                },
        }
      : { instant: { possible: false, text: '' } }),
    burden: {
      fields_total: fields.length,
      fields_prefilled: Object.keys(locked).length,
      fields_typed: Object.keys(draft.answers).length,
      materials_total: offers.length,
      materials_waived: of('waived'),
      materials_from_licence: of('licence'),
      materials_promised: 0,
      materials_uploaded: 0,
      materials_brought: 0,
    },
    applicant: firm
      ? { kind: 'organisation', name: firm.name, id_number: firm.uscc, agent: person.name }
      : { kind: 'person', name: person.name, id_number: masked_id(person.id_number) },
  }
}

export async function ask_data({ body, person, params }) {
  const draft = draft_of(person, params.id)
  const item = items.get(draft.item)
  if (item.asks.some((ask) => ask.basis === 'consent')) {
    const agreed = body.consent ?? draft.consent
    if (agreed?.hash !== item.consent.hash) throw new Refusal(409, 'text_is_not_the_present_version')
    draft.consent = agreed
    world.consents.unshift({
      owner: person.id_number,
      id: new_id(),
      given_at: iso(),
      item_name: item.name,
      text_title: item.consent.title,
      resources: item.asks.map((ask) => ask.what),
      state: 'given',
      may_withdraw: true,
    })
  }
  draft.asked_at = now().getTime()
  for (let spent = 0; spent < patience && shown(draft).data.asking; spent += 100) await pause(100)
  return shown(draft)
}

export function save_draft({ body, person, params }) {
  const draft = draft_of(person, params.id)
  if (body.version !== draft.version) throw new Refusal(409, 'draft_changed_meanwhile')
  if (body.notice && body.notice.hash !== items.get(draft.item).notice.hash)
    throw new Refusal(409, 'text_is_not_the_present_version')
  const { step, answers, materials, notice, collection, disputes, delivery } = body
  Object.assign(
    draft,
    { step, answers, materials, version: draft.version + 1, updated_at: iso() },
    notice && { notice },
    collection && { collection },
    disputes && { disputes },
    delivery && { delivery },
  )
  return shown(draft)
}

export function wrong_of(draft) {
  const now_shown = shown(draft)
  const wrong = draft.notice
    ? []
    : [{ path: '/notice', code: 'text_is_not_agreed_to', detail: '请先读须知并同意。' }]
  for (const field of fields_of(items.get(draft.item))) {
    const value = draft.answers[field.key]
    if (
      !now_shown.locked[field.key] &&
      !field.optional &&
      !(field.visible_when && draft.answers.purpose !== 'other') &&
      (value === undefined || value === '')
    )
      wrong.push({
        path: `/answers/${field.key}`,
        code: 'field_is_missing',
        detail: `请填写“${field.label}”`,
      })
  }
  for (const offer of now_shown.offers) {
    const asked = items.get(draft.item).materials.find((one) => one.key === offer.key)
    const given = draft.materials.find((one) => one.key === offer.key)
    if (asked.necessity === 'optional' || ['waived', 'licence'].includes(given?.way ?? offer.chosen)) continue
    if (!given || (given.way === 'upload' && !given.files?.length))
      wrong.push({ path: `/materials/${offer.key}`, code: 'material_is_missing' })
  }
  return wrong
}
