// What the departments of the mock know, by person: each look-up with its outcome and how long it takes.
const resources = {
  household: ['户口登记信息', '示例市公安局'],
  kinship: ['亲属关系登记', '示例市公安局'],
  estate: ['不动产登记信息', '示例市自然资源和规划局'],
  company: ['企业登记信息', '示例市市场监督管理局'],
  insurance: ['社会保险参保信息', '示例市人力资源和社会保障局'],
  health_certificate: ['从业人员健康证明', '示例市卫生健康委员会'],
}
export const about = (resource) => ({
  resource,
  what: resources[resource][0],
  provider: resources[resource][1],
})

const zhou = '990102195603120029'
const li = '990102198107250243'
const ouyang = '990102197709120676'
const chen = '990102196910010534'
const found = (fields, ms = 600) => ({ outcome: 'found', fields, ms })
const none = (ms = 900) => ({ outcome: 'none', fields: {}, ms })
const down = { outcome: 'down', fields: {}, ms: 300, down_since: '2026-10-15T09:20:00+08:00' }

const known = {
  household: (person) =>
    person.id_number === ouyang
      ? down
      : found({
          address: person.address,
          household_no: '990102003317',
          member_names: [person.name, '王知远'],
        }),
  kinship: (person) =>
    ({ [li]: found({ relation: 'son' }), [zhou]: none(3500), [ouyang]: down })[person.id_number] ?? {
      outcome: 'several',
      fields: {},
      ms: 700,
    },
  estate: (person) =>
    person.id_number === chen
      ? found({ count: '1', addresses: ['示例市示例区示例路40号1栋502室'] }, 1100)
      : none(1100),
  company: () =>
    found({
      name: '示例区好味来餐饮店有限公司',
      address: '示例市示例区示例街道柳巷7号',
      legal_person: '梁䶮',
    }),
  insurance: () => ({ outcome: 'late', fields: { unit_name: '示例区环卫所' }, ms: 2200, comes_after: 9000 }),
  health_certificate: () => none(),
}

const words = {
  asking: '正在问',
  found: '查到了',
  none: '没有登记',
  several: '查到不止一条',
  late: '对方系统还没有答复',
  down: '市公安局的系统自10月15日 09:20起没有答复',
}
const instead = {
  several: '先往下办：关系由您来填，工作人员会核对。',
  late: '先往下办，数据到了自动补上。',
  down: '先往下办：地址由您来填，亲属关系请上传户口簿。恢复后我们再查一次。',
}

/** How one look-up stands at this moment; `asked` is when it was sent, milliseconds. */
export function stands(ask, person, asked, now) {
  const base = { key: ask.key, ...about(ask.resource) }
  if (!asked) return { ...base, outcome: 'not_asked', outcome_text: '没有查', fields: {} }
  const told = known[ask.resource](person)
  const spent = now - asked
  const outcome =
    spent < told.ms ? 'asking' : told.comes_after && spent > told.comes_after ? 'found' : told.outcome
  return {
    ...base,
    outcome,
    outcome_text: words[outcome],
    fields: outcome === 'found' ? told.fields : {},
    ...(outcome === 'found' ? { age_text: '10月15日 10:21查到' } : {}),
    ...(told.down_since && outcome === 'down' ? { down_since: told.down_since } : {}),
    ...(instead[outcome] ? { instead: instead[outcome] } : {}),
  }
}
